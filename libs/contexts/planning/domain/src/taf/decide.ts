import { cancelDeadline, meetDeadline, setDeadline, type Deadlines } from '@waymark/deadlines';
import { accept as acceptAny, check, never, type Decision, type Instant, type Uuid } from '@waymark/kernel';
import { deadlineAfter, londonDay, startOfLondonDay, type PolicyPack } from '@waymark/policy';
import { planningDeadlines } from '../shared/deadlines.js';
import { known } from '../shared/evidence.js';
import type * as Commands from './commands.js';
import * as events from './events.js';
import type { TafEvent } from './events.js';
import { missingAfter } from './prompts.js';
import * as policies from './policies.js';
import { meetingOf, nobody, together, without, type Taf } from './state.js';

type Decided = Decision<TafEvent>;
const accept = acceptAny<TafEvent>;

export const decide = (command: Commands.TafCommand, taf: Taf, pack: PolicyPack, deadlines: Deadlines): Decided => {
  switch (command.kind) {
    case 'ExpectFirstMeeting':
      return expectFirstMeeting(command, taf, pack, deadlines);
    case 'NoteEhaAccepted':
      return noteEhaAccepted(command);
    case 'AgreeInvitees':
      return agreeInvitees(command, taf, pack);
    case 'InviteToTaf':
      return inviteToTaf(command, taf, pack);
    case 'RecordViews':
      return recordViews(command, taf, pack);
    case 'HoldTaf':
      return holdTaf(command, taf, pack, deadlines);
    case 'ShareRecord':
      return shareRecord(command, taf, pack);
    case 'StandDownMeetings':
      return standDown(command, taf, deadlines);
    case 'TakeUpMeetings':
      return takeUp(command, taf, pack, deadlines);
    default:
      return never(command);
  }
};

const firstMeetingDue = (owner: Uuid, from: Instant, pack: PolicyPack, deadlines: Deadlines): TafEvent =>
  setDeadline(planningDeadlines, deadlines, { owner, rule: 'TAF-01', dueAt: deadlineAfter(from, pack.firstTafDue) });

/** TAF-01. An assessment that was returned and completed again counts from then; once a meeting was held, reviews set the rhythm. */
const expectFirstMeeting = (command: Commands.ExpectFirstMeeting, taf: Taf, pack: PolicyPack, deadlines: Deadlines): Decided => {
  const { episodeId, ehaId, completedAt, needs } = command;
  if (taf.stage === 'reviewing' || taf.stage === 'stood-down' || taf.completedAt === completedAt) return accept();
  return accept(
    events.FirstMeetingExpected({ episodeId, ehaId, completedAt, needs }),
    ...cancelDeadline(planningDeadlines, deadlines, { rule: 'TAF-01' }),
    firstMeetingDue(episodeId, completedAt, pack, deadlines),
  );
};

const noteEhaAccepted = ({ episodeId, ehaId, acceptedAt }: Commands.NoteEhaAccepted): Decided =>
  accept(events.MeetingsCleared({ episodeId, ehaId, acceptedAt }));

const agreeInvitees = (command: Commands.AgreeInvitees, taf: Taf, pack: PolicyPack): Decided => {
  const { episodeId, meetingId, people, professionals, agreedBy } = command;
  const refusal = check(policies.toAgreeInvitees, command, taf, pack);
  if (refusal || !agreedBy) return refusal ?? accept();
  return accept(events.InviteesAgreed({ episodeId, meetingId, people, professionals, agreedBy, evidence: known(command) }));
};

const inviteToTaf = (command: Commands.InviteToTaf, taf: Taf, pack: PolicyPack): Decided => {
  const { episodeId, meetingId, people, professionals, plannedFor } = command;
  return (
    check(policies.toInvite, command, taf, pack) ??
    accept(events.TafInvitationsSent({ episodeId, meetingId, people, professionals, plannedFor, evidence: known(command) }))
  );
};

const recordViews = (command: Commands.RecordViews, taf: Taf, pack: PolicyPack): Decided => {
  const { episodeId, meetingId, of, views } = command;
  return (
    check(policies.toRecordViews, command, taf, pack) ??
    accept(
      'personId' in of
        ? events.ViewsRecorded({ episodeId, meetingId, personId: of.personId, views })
        : events.ProfessionalViewsRecorded({ episodeId, meetingId, professional: of.professional, views }),
    )
  );
};

const holdTaf = (command: Commands.HoldTaf, taf: Taf, pack: PolicyPack, deadlines: Deadlines): Decided => {
  const { episodeId, meetingId, heldAt, represented } = command;
  const refusal = check(policies.toHold, command, taf, pack);
  if (refusal) return refusal;
  // A meeting that is entered late, after a later one, moves no date.
  const isLatest = taf.lastHeldAt === null || heldAt > taf.lastHeldAt;
  return accept(
    ...represented.map(({ personId, views }) => events.ViewsRecorded({ episodeId, meetingId, personId, views })),
    held(command, taf),
    ...missingAfter(command, taf, pack),
    ...(isLatest ? nextReview(command, taf, pack, deadlines) : []),
  );
};

const held = (command: Commands.HoldTaf, taf: Taf): TafEvent => {
  const { episodeId, meetingId, heldAt, attended, represented, discussed, summary = '', impact } = command;
  const there = { people: attended.people.map(({ personId }) => personId), professionals: attended.professionals };
  const viewsOf = together(meetingOf(taf, meetingId).viewsOf, { ...nobody, people: represented.map(({ personId }) => personId) });
  return {
    ...events.TafHeld({
      ...{ episodeId, meetingId, heldAt, first: taf.lastHeldAt === null, attended, discussed, summary },
      represented: without(viewsOf, there),
      impact: impact ?? null,
      evidence: known(command),
    }),
    occurredAt: heldAt,
  };
};

/** TAF-01 or TAF-02 is met, and TAF-02 runs anew from this meeting. */
const nextReview = (
  { episodeId, meetingId, heldAt, meta }: Commands.HoldTaf,
  taf: Taf,
  pack: PolicyPack,
  deadlines: Deadlines,
): TafEvent[] => [
  ...meetDeadline(
    planningDeadlines,
    deadlines,
    { rule: taf.lastHeldAt === null ? 'TAF-01' : 'TAF-02' },
    { now: meta.now, occurredAt: heldAt },
  ),
  ...reviewWindow({ episodeId, meetingId, from: heldAt }, pack, deadlines),
];

interface Since {
  readonly episodeId: Uuid;
  readonly meetingId: Uuid | null;
  readonly from: Instant;
}

/** TAF-02: a reminder when the window opens; past its end the case is drifting. */
const reviewWindow = ({ episodeId, meetingId, from }: Since, pack: PolicyPack, deadlines: Deadlines): TafEvent[] => {
  const opens = londonDay(deadlineAfter(from, pack.tafReviewFrom));
  const dueAt = deadlineAfter(from, pack.tafReviewBy);
  return [
    events.ReviewWindowSet({ episodeId, meetingId, from: opens, by: londonDay(dueAt) }),
    setDeadline(planningDeadlines, deadlines, { owner: episodeId, rule: 'TAF-02', dueAt, remindAt: startOfLondonDay(opens) }),
  ];
};

const shareRecord = (command: Commands.ShareRecord, taf: Taf, pack: PolicyPack): Decided => {
  const { episodeId, meetingId, people, professionals, withheld } = command;
  return (
    check(policies.toShare, command, taf, pack) ??
    accept(
      events.TafRecordShared({
        ...{ episodeId, meetingId, people, professionals },
        withheld: withheld.map((one) => ({
          personId: 'personId' in one ? one.personId : null,
          professional: 'professional' in one ? one.professional : null,
          because: one.because,
        })),
        evidence: known(command),
      }),
    )
  );
};

const standDown = ({ episodeId }: Commands.StandDownMeetings, taf: Taf, deadlines: Deadlines): Decided =>
  taf.stage === 'stood-down'
    ? accept()
    : accept(
        events.MeetingsStoodDown({ episodeId }),
        ...cancelDeadline(planningDeadlines, deadlines, { rule: 'TAF-01' }),
        ...cancelDeadline(planningDeadlines, deadlines, { rule: 'TAF-02' }),
      );

const takeUp = ({ episodeId, reopenedAt }: Commands.TakeUpMeetings, taf: Taf, pack: PolicyPack, deadlines: Deadlines): Decided =>
  taf.stage === 'stood-down'
    ? accept(
        events.MeetingsTakenUp({ episodeId, reopenedAt }),
        ...(taf.lastHeldAt
          ? reviewWindow({ episodeId, meetingId: null, from: reopenedAt }, pack, deadlines)
          : [firstMeetingDue(episodeId, reopenedAt, pack, deadlines)]),
      )
    : accept();
