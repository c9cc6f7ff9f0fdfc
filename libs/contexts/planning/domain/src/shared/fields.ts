import { OrganisationId, UserId, Uuid, handle, open, sealed, type Actor } from '@waymark/kernel';
import { z } from 'zod';

/** A member of staff with the organisation they work for here: whoever leads, attends or owns an action. */
export const Professional = z.strictObject({ user: UserId, organisation: OrganisationId });
export type Professional = z.infer<typeof Professional>;

/** The one professional who leads a family's episode (LP-01). */
export const LeadProfessional = Professional;
export type LeadProfessional = Professional;

/** A code about a person or a family is as personal as a text (docs/adr/0017); until 30 November 2026 these stood in clear. */
export const sealedCode = { of: 'caseId', addedLater: true };

/** A need that the assessment evidenced, by its id there; whoever may know more asks there. Until 30 November 2026 its code came with it. */
export const Need = z.strictObject({ needId: Uuid, code: sealed(handle(), sealedCode).optional() });
export type Need = z.infer<typeof Need>;

/** Several of something; bounded, so that no event grows without limit. */
export const listOf = <S extends z.ZodType>(schema: S) => z.array(schema).max(200).readonly();

/** A code that a policy pack of some version lists. */
export const packCode = () => open(z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/, 'must be a code'));

export const sameProfessional = (one: Professional, other: Professional): boolean =>
  one.user === other.user && one.organisation === other.organisation;

/** Whether the actor is that professional, acting for that organisation. */
export const isActing = (actor: Actor, professional: Professional): boolean => sameProfessional(actor, professional);

/** Whether the actor manages staff of that professional's own organisation (SUP-01). */
export const managesStaffOf = (actor: Actor, professional: Professional): boolean =>
  actor.role === 'manager' && actor.organisation === professional.organisation;

/** A text that says nothing is missing. */
export const isMissing = (text: string | undefined): text is undefined => text === undefined || text.trim() === '';

/** `1 need`, `3 needs`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
