import type { Actor, OrganisationId, Purpose, UserId } from '@waymark/kernel';

/** Until there is sign-in, a browser has the identity of an auditor of this installation. Development profile only. */
export const browserIdentity: { readonly actor: Actor; readonly purpose: Purpose } = {
  actor: { user: 'browser' as UserId, role: 'auditor', organisation: 'waymark' as OrganisationId },
  purpose: 'audit',
};
