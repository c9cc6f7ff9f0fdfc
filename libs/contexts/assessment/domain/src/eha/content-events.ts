import { code, defineEvent, handle, LongText, PersonId, reveal, revealText, sealed, Text, Uuid, type EventOf } from '@waymark/kernel';
import { spelt } from '@waymark/policy';
import { z } from 'zod';

export const headings = [
  'health',
  'development-and-learning',
  'education',
  'emotions-and-behaviour',
  'parents-and-carers',
  'family-and-home',
  'housing-and-money',
  'community',
  'safety',
  'summary',
] as const;

export const memberParts = ['mother', 'father', 'male-carer', 'carer', 'sibling', 'grandparent', 'relative', 'other'] as const;
export type MemberPart = (typeof memberParts)[number];

const story = () => sealed(LongText, { of: 'caseId' });
const own = () => sealed(LongText, { of: 'personId' });

/** EHA-04: a child at home that the assessment is about. */
export const ChildNamed = defineEvent(
  'assessment.ChildNamed.v1',
  { childId: PersonId },
  () => 'A child at home was named in the assessment.',
);

/** EHA-04. */
export const FamilyMemberInvited = defineEvent(
  'assessment.FamilyMemberInvited.v1',
  { personId: PersonId, part: sealed(z.enum(memberParts), { of: 'personId' }) },
  ({ part }) => `A member of the family (${spelt(reveal(part, '(erased)'))}) was invited to take part in the assessment.`,
);

/** EHA-02: attributed to its actor. GEN-03: a correction is a further section that names the one it corrects. */
export const SectionContributed = defineEvent(
  'assessment.SectionContributed.v1',
  { sectionId: Uuid, heading: code(headings), text: story(), corrects: Uuid.nullable() },
  ({ heading, corrects }) =>
    corrects ? `A section on ${spelt(heading)} was corrected by a further one.` : `A section on ${spelt(heading)} was contributed.`,
);

/** EHA-05. A further answer to the same consideration stands beside the first. */
export const ConsiderationAnswered = defineEvent(
  'assessment.ConsiderationAnswered.v1',
  { consideration: handle(), answer: story() },
  ({ consideration }) => `The assessment considered this: ${spelt(consideration)}.`,
);

/** EHA-06. */
export const LivedExperienceRecorded = defineEvent(
  'assessment.LivedExperienceRecorded.v1',
  { childId: PersonId, how: code(['own-words', 'observation']), experience: sealed(LongText, { of: 'childId' }) },
  ({ how }) =>
    how === 'own-words'
      ? "The child's lived experience was recorded in their own words."
      : "The child's lived experience was recorded by observation.",
);

/** EHA-04. */
export const VoiceRecorded = defineEvent(
  'assessment.VoiceRecorded.v1',
  { personId: PersonId, words: own() },
  () => 'The voice of a member of the family was recorded.',
);

export const VoiceAbsent = defineEvent(
  'assessment.VoiceAbsent.v1',
  { personId: PersonId, reason: own() },
  () => 'The voice of a member of the family is missing from the assessment; the reason was recorded.',
);

/** EHA-07: views stand side by side; a further one replaces none. */
export const ViewRecorded = defineEvent(
  'assessment.ViewRecorded.v1',
  { viewId: Uuid, personId: PersonId, view: story(), evidence: story().nullable() },
  ({ evidence }) => `A view was recorded beside the others, attributed to who holds it${evidence === null ? '' : ', with its evidence'}.`,
);

/** SF-02: a need, by its heading in the outcomes framework. */
export const NeedIdentified = defineEvent(
  'assessment.NeedIdentified.v1',
  { needId: Uuid, code: sealed(handle(), { of: 'personId', addedLater: true }), personId: PersonId, description: own().nullable() },
  ({ code: heading }) => `A need was identified: ${spelt(revealText(heading))}.`,
);

/** EHA-11. */
export const FatherEffortRecorded = defineEvent(
  'assessment.FatherEffortRecorded.v1',
  { effort: story() },
  () => 'An effort to include fathers and other male carers was recorded.',
);

/** EHA-12: one who could help, and how. */
export const NetworkRecorded = defineEvent(
  'assessment.NetworkRecorded.v1',
  { supporterId: PersonId, name: sealed(Text, { of: 'supporterId' }), relationship: sealed(Text, { of: 'supporterId' }), help: story() },
  () => "Somebody in the family's own network was recorded, and how they could help.",
);

export const contentDefinitions = [
  ChildNamed,
  FamilyMemberInvited,
  SectionContributed,
  ConsiderationAnswered,
  LivedExperienceRecorded,
  VoiceRecorded,
  VoiceAbsent,
  ViewRecorded,
  NeedIdentified,
  FatherEffortRecorded,
  NetworkRecorded,
];
export type ContentEvent = EventOf<
  | typeof ChildNamed
  | typeof FamilyMemberInvited
  | typeof SectionContributed
  | typeof ConsiderationAnswered
  | typeof LivedExperienceRecorded
  | typeof VoiceRecorded
  | typeof VoiceAbsent
  | typeof ViewRecorded
  | typeof NeedIdentified
  | typeof FatherEffortRecorded
  | typeof NetworkRecorded
>;
