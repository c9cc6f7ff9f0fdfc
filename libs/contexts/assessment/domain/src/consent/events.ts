import { z } from 'zod';
import {
  code,
  Day,
  defineEvent,
  flag,
  handle,
  Instant,
  isErased,
  LongText,
  OrganisationId,
  PersonId,
  reveal,
  sealed,
  Uuid,
  type AnyEventDefinition,
  type EventOf,
  type Sealed,
} from '@waymark/kernel';
import { formatLondon } from '@waymark/policy';
import { capacities, capacityWords, methods, methodWords, noticeForms, purposeWords, type Capacity } from './words.js';

/** Who gives or refuses, and in which capacity; the date of birth where the answer is on their own behalf (CON-04). */
export const Giver = z.strictObject({
  personId: PersonId,
  capacity: sealed(z.enum(capacities), { of: 'personId', addedLater: true }),
  dateOfBirth: sealed(Day, { of: 'personId' }).nullable(),
});
export type Giver = z.infer<typeof Giver>;

/** A code about a person or a family is as personal as a text (docs/adr/0017); until 30 November 2026 these stood in clear. */
const sealedCode = { of: 'caseId', addedLater: true };

/** CON-02: which notice, in which form, and what became of it. */
export const Notice = z.strictObject({
  version: handle(),
  /** Read aloud, interpreted, easy to read: it tells of the person. */
  form: sealed(z.enum(noticeForms), sealedCode),
  shared: flag(),
  read: flag(),
  understood: flag(),
  agreed: flag(),
});
export type Notice = z.infer<typeof Notice>;

const story = () => sealed(LongText, { of: 'caseId' });

export const ConsentGiven = defineEvent(
  'assessment.ConsentGiven.v1',
  {
    consentId: Uuid,
    giver: Giver,
    purpose: handle(),
    covers: z.array(PersonId).min(1),
    agencies: z.array(OrganisationId).min(1),
    notice: Notice,
    method: code(methods),
    /** The first moment at which it no longer holds; null where no end was agreed. */
    until: Instant.nullable(),
    /** CON-05: the judgement of competence that it rests on. */
    restsOn: Uuid.nullable(),
  },
  ({ giver, purpose, agencies, notice, method, until }) =>
    `Consent ${purposeWords(purpose)} was given ${methodWords[method]}, ${inCapacity(giver.capacity)}, after privacy notice ${notice.version} ` +
    `was read and understood; it reaches ${counted(agencies.length)}${until ? ` until ${formatLondon(until)}` : ''}.`,
);

export const ConsentRefused = defineEvent(
  'assessment.ConsentRefused.v1',
  {
    refusalId: Uuid,
    giver: Giver,
    purpose: handle(),
    reasons: story().nullable(),
    reassurance: story().nullable(),
    alternatives: story().nullable(),
    askAgainOn: Day.nullable(),
  },
  ({ giver, purpose }) => `Consent ${purposeWords(purpose)} was refused, ${inCapacity(giver.capacity)}.`,
);

export const ConsentWithdrawn = defineEvent(
  'assessment.ConsentWithdrawn.v1',
  { consentId: Uuid, purpose: handle(), by: PersonId, agencies: z.array(OrganisationId).min(1).nullable(), reason: story().nullable() },
  ({ purpose, agencies }) =>
    agencies
      ? `Consent ${purposeWords(purpose)} was withdrawn for ${counted(agencies.length)}, at once.`
      : `Consent ${purposeWords(purpose)} was withdrawn, at once.`,
);

export const ConsentRenewed = defineEvent(
  'assessment.ConsentRenewed.v1',
  {
    consentId: Uuid,
    purpose: handle(),
    agencies: z.array(OrganisationId).min(1),
    notice: Notice,
    method: code(methods),
    until: Instant.nullable(),
    restsOn: Uuid.nullable(),
  },
  ({ purpose, agencies, notice, method }) =>
    `Consent ${purposeWords(purpose)} was renewed ${methodWords[method]}, after privacy notice ${notice.version} was read and understood; ` +
    `it reaches ${counted(agencies.length)}.`,
);

/** CON-06: follows from a later judgement of the child's understanding. */
export const ConsentSuspended = defineEvent(
  'assessment.ConsentSuspended.v1',
  { consentId: Uuid, purpose: handle(), competenceId: Uuid },
  ({ purpose }) =>
    `The child's own consent ${purposeWords(purpose)} no longer holds, because their understanding is in doubt; ` +
    'a person with parental responsibility is asked before any further step that rests on it.',
);

/** CON-11. */
export const RiskOnRefusalJudged = defineEvent(
  'assessment.RiskOnRefusalJudged.v1',
  { refusalId: Uuid, significantHarmLikely: sealed(z.boolean(), sealedCode), rationale: story() },
  ({ significantHarmLikely }) => `After the refusal the risk was judged: significant harm is ${likely(significantHarmLikely)}.`,
);

/** CON-09: somebody else has parental responsibility. */
export const OtherParentRecorded = defineEvent(
  'assessment.OtherParentRecorded.v1',
  { personId: PersonId },
  () => 'Another person with parental responsibility was recorded; they are to be reached and may join at any time.',
);

export const EffortToReachRecorded = defineEvent(
  'assessment.EffortToReachRecorded.v1',
  { personId: PersonId, method: code(methods), outcome: sealed(LongText, { of: 'personId' }) },
  ({ method }) => `An effort ${methodWords[method]} to reach the other person with parental responsibility was recorded.`,
);

export const consentDefinitions: readonly AnyEventDefinition[] = [
  ConsentGiven,
  ConsentRefused,
  ConsentWithdrawn,
  ConsentRenewed,
  ConsentSuspended,
  RiskOnRefusalJudged,
  OtherParentRecorded,
  EffortToReachRecorded,
];

export type ConsentEvent = EventOf<
  | typeof ConsentGiven
  | typeof ConsentRefused
  | typeof ConsentWithdrawn
  | typeof ConsentRenewed
  | typeof ConsentSuspended
  | typeof RiskOnRefusalJudged
  | typeof OtherParentRecorded
  | typeof EffortToReachRecorded
>;

const inCapacity = (capacity: Sealed<Capacity>): string => (isErased(capacity) ? '(erased)' : capacityWords[capacity]);
const likely = (is: Sealed<boolean>): string => (reveal(is, undefined) === undefined ? '(erased)' : is === true ? 'likely' : 'not likely');
const counted = (agencies: number): string => (agencies === 1 ? 'one organisation' : `${agencies} organisations`);
