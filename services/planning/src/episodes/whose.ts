import type { Actor, Role } from '@waymark/kernel';

/** Roles that look after the episodes of every organisation. */
const ofTheAuthority: readonly Role[] = ['hub-coordinator', 'support-officer', 'targeted-support-manager', 'auditor', 'system'];

/** SUP-01: whose episodes somebody sees listed: those led by their own organisation's staff, unless their role is to look after all. */
export const organisationSeenBy = ({ role, organisation }: Actor): string | undefined =>
  ofTheAuthority.includes(role) ? undefined : organisation;
