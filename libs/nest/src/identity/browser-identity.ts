import type { Actor, OrganisationId, Purpose, UserId } from '@waymark/kernel';

/** Until there is sign-in, whoever sits at a browser looks as an auditor of this installation. Development profile only. */
export const browserIdentity: { readonly actor: Actor; readonly purpose: Purpose } = {
  actor: { user: 'browser' as UserId, role: 'auditor', organisation: 'waymark' as OrganisationId },
  purpose: 'audit',
};
