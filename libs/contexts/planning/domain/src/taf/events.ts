import { Day, defineEvent, flag, Instant, LongText, PersonId, reveal, revealText, sealed, Uuid, type EventOf } from '@waymark/kernel';
import { formatDay, formatLondon, spelt } from '@waymark/policy';
import { z } from 'zod';
import { planningDeadlines, type PlanningDeadlineEvent } from '../shared/deadlines.js';
import { Evidence } from '../shared/evidence.js';
import { counted, listOf, Need, packCode, Professional, sealedCode } from '../shared/fields.js';

export const parts = ['child', 'young-person', 'family'] as const;
export const impacts = ['step-up', 'continue', 'close'] as const;
export const withholdings = ['no-consent', 'restricted', 'unsafe', 'declined'] as const;

const meeting = { episodeId: Uuid, meetingId: Uuid };
const evidence = Evidence;
const around = { people: listOf(PersonId), professionals: listOf(Professional) };
const howMany = ({ people, professionals }: { readonly people: readonly unknown[]; readonly professionals: readonly unknown[] }) =>
  `${counted(people.length, 'member')} of the family and ${counted(professionals.length, 'professional')}`;

export const FirstMeetingExpected = defineEvent(
  'planning.FirstMeetingExpected.v1',
  { episodeId: Uuid, ehaId: Uuid, completedAt: Instant, needs: listOf(Need) },
  ({ completedAt }) =>
    `The first Team Around the Family meeting follows the assessment, which was completed on ${formatLondon(completedAt)}.`,
);

export const MeetingsCleared = defineEvent(
  'planning.MeetingsCleared.v1',
  { episodeId: Uuid, ehaId: Uuid, acceptedAt: Instant },
  () => 'The hub accepted the assessment, so that Team Around the Family meetings can be held.',
);

export const InviteesAgreed = defineEvent(
  'planning.InviteesAgreed.v1',
  { ...meeting, ...around, agreedBy: PersonId, evidence },
  (data) => `The family agreed whom to invite to the Team Around the Family meeting: ${howMany(data)}.`,
);

export const TafInvitationsSent = defineEvent(
  'planning.TafInvitationsSent.v1',
  { ...meeting, ...around, plannedFor: Instant, evidence },
  (data) => `Invitations to the Team Around the Family meeting on ${formatLondon(data.plannedFor)} went to ${howMany(data)}.`,
);

export const ViewsRecorded = defineEvent(
  'planning.ViewsRecorded.v1',
  { ...meeting, personId: PersonId, views: sealed(LongText, { of: 'personId' }) },
  ({ views }) => `The views of a member of the family were sought for the meeting: ${revealText(views)}`,
);

export const ProfessionalViewsRecorded = defineEvent(
  'planning.ProfessionalViewsRecorded.v1',
  { ...meeting, professional: Professional, views: sealed(LongText, { of: 'caseId' }) },
  ({ views }) => `The views of a professional who could not attend were sought for the meeting: ${revealText(views)}`,
);

export const TafHeld = defineEvent(
  'planning.TafHeld.v1',
  {
    ...meeting,
    heldAt: Instant,
    first: flag(),
    attended: z.strictObject({
      people: listOf(z.strictObject({ personId: PersonId, part: sealed(z.enum(parts), { of: 'personId', addedLater: true }) })),
      professionals: listOf(Professional),
    }),
    /** Absent, but with views put to the meeting (TAF-05). */
    represented: z.strictObject(around),
    discussed: sealed(listOf(packCode()), sealedCode),
    summary: sealed(LongText, { of: 'caseId' }),
    /** TAF-08; null where a review made no judgement, and at the first meeting. */
    impact: sealed(z.enum(impacts), sealedCode).nullable(),
    evidence,
  },
  ({ first, heldAt, attended, summary, impact }) =>
    `The ${first ? 'first Team Around the Family meeting' : 'Team Around the Family review'} was held on ${formatLondon(heldAt)} with ` +
    `${howMany(attended)}: ${revealText(summary)}${impact === null ? '' : ` Its judgement of the impact: ${spelt(revealText(impact))}.`}`,
);

export const ViewsMissing = defineEvent(
  'planning.ViewsMissing.v1',
  { ...meeting, ...around },
  (data) => `A prompt: the views of ${howMany(data)} who were invited and did not attend were not put to the meeting.`,
);

export const TopicsMissing = defineEvent(
  'planning.TopicsMissing.v1',
  { ...meeting, topics: sealed(listOf(packCode()), sealedCode) },
  ({ topics }) => `A prompt: the first meeting did not cover ${reveal(topics, ['(erased)']).map(spelt).join(', ')}.`,
);

export const ImpactMissing = defineEvent(
  'planning.ImpactMissing.v1',
  { ...meeting },
  () => 'A prompt: the review did not judge the impact of the support (step up, continue or close).',
);

export const ReviewWindowSet = defineEvent(
  'planning.ReviewWindowSet.v1',
  { episodeId: Uuid, /** The last meeting; null where the window follows a reopening. */ meetingId: Uuid.nullable(), from: Day, by: Day },
  ({ from, by }) => `The next review is to be held between ${formatDay(from)} and ${formatDay(by)}; after that the case is drifting.`,
);

export const TafRecordShared = defineEvent(
  'planning.TafRecordShared.v1',
  {
    ...meeting,
    ...around,
    /** Attended or invited, and may not receive it. */
    withheld: listOf(
      z.strictObject({
        personId: PersonId.nullable(),
        professional: Professional.nullable(),
        because: sealed(z.enum(withholdings), sealedCode),
      }),
    ),
    evidence,
  },
  (data) =>
    `The meeting's record and plan were shared with ${howMany(data)}` +
    (data.withheld.length > 0 ? `, and withheld from ${counted(data.withheld.length, 'other')} who may not receive it.` : '.'),
);

export const MeetingsStoodDown = defineEvent(
  'planning.MeetingsStoodDown.v1',
  { episodeId: Uuid },
  () => 'With the episode closed, no further Team Around the Family meeting is due.',
);

export const MeetingsTakenUp = defineEvent(
  'planning.MeetingsTakenUp.v1',
  { episodeId: Uuid, reopenedAt: Instant },
  () => 'With the episode reopened, Team Around the Family meetings are due again.',
);

const definitions = [
  FirstMeetingExpected,
  MeetingsCleared,
  InviteesAgreed,
  TafInvitationsSent,
  ViewsRecorded,
  ProfessionalViewsRecorded,
  TafHeld,
  ViewsMissing,
  TopicsMissing,
  ImpactMissing,
  ReviewWindowSet,
  TafRecordShared,
  MeetingsStoodDown,
  MeetingsTakenUp,
] as const;

export type TafEvent = EventOf<(typeof definitions)[number]> | PlanningDeadlineEvent;
export const tafEvents = [...definitions, ...Object.values(planningDeadlines)];
