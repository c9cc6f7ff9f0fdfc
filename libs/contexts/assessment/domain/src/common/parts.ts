import { z } from 'zod';
import { count, flag, handle, Instant, OrganisationId, PersonId, UserId, Uuid } from '@waymark/kernel';

/** A professional, by their sign-in and the organisation that they act for. */
export const Professional = z.strictObject({ user: UserId, organisation: OrganisationId });
export type Professional = z.infer<typeof Professional>;

/**
 * What was known of consent when a decision rested on it: the ledger's relevant facts and the version that they were read at (GEN-01).
 * Ids, dates and counts only.
 */
export const ConsentEvidence = z.strictObject({
  /** The version of the ledger's stream; 0 where nothing was recorded. */
  ledgerVersion: count(),
  /** The consent to take part that was in force; null where there was none. */
  takingPart: z.strictObject({ consentId: Uuid, giver: PersonId, from: Instant, noticeVersion: handle() }).nullable(),
  /** CON-06: a consent to take part is suspended, because the child's understanding is in doubt. */
  suspended: flag(),
  /** CON-09: others with parental responsibility, and what was done to reach them. */
  otherParents: z.array(z.strictObject({ personId: PersonId, consented: flag(), efforts: count() })),
});
export type ConsentEvidence = z.infer<typeof ConsentEvidence>;
