import { z } from 'zod';
import {
  code,
  count,
  defineEvent,
  handle,
  Instant,
  isErased,
  LongText,
  PersonId,
  sealed,
  Uuid,
  type EventOf,
  type Sealed,
} from '@waymark/kernel';
import { ConsentEvidence, Professional } from '../common/parts.js';

export const checkResults = ['passed', 'concern'] as const;

/** A code about a person or a family is as personal as a text (docs/adr/0017); until 30 November 2026 these stood in clear. */
const sealedCode = { of: 'caseId', addedLater: true };

/** A need, as whoever relies on the assessment learns of it. */
export const Need = z.strictObject({ needId: Uuid, code: sealed(handle(), sealedCode) });
export type Need = z.infer<typeof Need>;

const story = () => sealed(LongText, { of: 'caseId' });

export const EhaStarted = defineEvent(
  'assessment.EhaStarted.v1',
  { ehaId: Uuid, leadProfessional: Professional, openedAt: Instant, consentGiver: PersonId },
  () => 'Work on the Early Help Assessment began.',
);

/** EHA-09: the exact version that somebody of the family has seen. */
export const VersionAgreed = defineEvent(
  'assessment.VersionAgreed.v1',
  { version: count(), by: PersonId },
  ({ version }) => `The family saw version ${version} of the assessment and agreed to it.`,
);

const completion = () => ({
  ehaId: Uuid,
  version: count(),
  agreedBy: PersonId,
  copyGivenTo: z.array(PersonId).min(1),
  needs: z.array(Need),
  evidence: ConsentEvidence,
});

export const EhaCompleted = defineEvent(
  'assessment.EhaCompleted.v1',
  completion(),
  ({ version }) =>
    `The Early Help Assessment was completed in version ${version}, as the family agreed it, and the family was given a copy.`,
);

/** EHA-10. */
export const EhaUpdated = defineEvent(
  'assessment.EhaUpdated.v1',
  completion(),
  ({ version }) => `The Early Help Assessment was reviewed and updated, in version ${version}, as the family agreed it.`,
);

/** FD-07: two checks; what follows from them is the next event. */
export const HubChecksRecorded = defineEvent(
  'assessment.HubChecksRecorded.v1',
  {
    ehaId: Uuid,
    version: count(),
    safeguarding: sealed(z.enum(checkResults), sealedCode),
    quality: code(checkResults),
    note: story().nullable(),
  },
  ({ safeguarding, quality }) => `The Early Help Hub checked the assessment: safeguarding ${told(safeguarding)}, quality ${told(quality)}.`,
);

export const EhaAccepted = defineEvent(
  'assessment.EhaAccepted.v1',
  { ehaId: Uuid, completedAt: Instant, needs: z.array(Need) },
  () => 'The Early Help Hub accepted the completed assessment.',
);

export const EhaReturned = defineEvent(
  'assessment.EhaReturned.v1',
  { ehaId: Uuid, reasons: story() },
  () => 'The Early Help Hub returned the assessment, with reasons.',
);

export const EhaEscalated = defineEvent(
  'assessment.EhaEscalated.v1',
  { ehaId: Uuid, reasons: story() },
  () => 'The Early Help Hub escalated the assessment to the MASH, with reasons.',
);

export const EhaClosed = defineEvent('assessment.EhaClosed.v1', { ehaId: Uuid }, () => 'Work on the Early Help Assessment ended.');

export const lifeDefinitions = [
  EhaStarted,
  VersionAgreed,
  EhaCompleted,
  EhaUpdated,
  HubChecksRecorded,
  EhaAccepted,
  EhaReturned,
  EhaEscalated,
  EhaClosed,
];
export type LifeEvent = EventOf<
  | typeof EhaStarted
  | typeof VersionAgreed
  | typeof EhaCompleted
  | typeof EhaUpdated
  | typeof HubChecksRecorded
  | typeof EhaAccepted
  | typeof EhaReturned
  | typeof EhaEscalated
  | typeof EhaClosed
>;

const told = (result: Sealed<(typeof checkResults)[number]>): string =>
  isErased(result) ? '(erased)' : result === 'passed' ? 'passed' : 'raised a concern';
