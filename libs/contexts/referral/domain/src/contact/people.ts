import { Day, LongText, PersonId, Text, sealed } from '@waymark/kernel';
import { z } from 'zod';

export const relationships = [
  'mother',
  'father',
  'step-parent',
  'carer',
  'grandparent',
  'sibling',
  'other-relative',
  'partner-of-parent',
  'other',
] as const;
export type Relationship = (typeof relationships)[number];

/** FD-01: a contact may be about a child who is unborn, or of whom no more than a worry is known. */
export const births = ['known', 'unknown', 'unborn'] as const;

const own = { of: 'personId' };

export const Child = z.strictObject({
  personId: PersonId,
  name: sealed(Text, own).nullable(),
  birth: sealed(z.enum(births), { ...own, addedLater: true }),
  dateOfBirth: sealed(Day, own).nullable(),
});
export type Child = z.infer<typeof Child>;

export const HouseholdMember = z.strictObject({
  personId: PersonId,
  name: sealed(Text, own).nullable(),
  relationship: sealed(z.enum(relationships), own),
});
export type HouseholdMember = z.infer<typeof HouseholdMember>;

/** Whoever made the contact, as far as they said who they are and how they are reached. */
export const Referrer = z.strictObject({
  personId: PersonId,
  name: sealed(Text, own).nullable(),
  contactDetails: sealed(LongText, own).nullable(),
});
export type Referrer = z.infer<typeof Referrer>;
