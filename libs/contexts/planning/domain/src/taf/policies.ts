import { invalid, refuse, unknown, wrongState, type Policy } from '@waymark/kernel';
import { formatLondon, isCoded, type PolicyPack } from '@waymark/policy';
import { belongsToAnOpenEpisode, isForTheLeadProfessional } from '../shared/evidence.js';
import { counted, isMissing, type Professional } from '../shared/fields.js';
import type { AgreeInvitees, Around, HoldTaf, InviteToTaf, RecordViews, ShareRecord } from './commands.js';
import { headcount, meetingOf, nobody, together, without, type Taf } from './state.js';

type Rule<C> = Policy<C, Taf, PolicyPack>;

const isStillAhead: Rule<AgreeInvitees | InviteToTaf | RecordViews> = ({ meetingId }, taf) =>
  meetingOf(taf, meetingId).heldAt
    ? wrongState('The meeting has been held: plan the next one instead.', { field: 'meetingId' })
    : undefined;

const isPlanned: Rule<HoldTaf | RecordViews> = ({ meetingId }, { meetings }) =>
  meetings.some((meeting) => meeting.meetingId === meetingId)
    ? undefined
    : unknown('There is no such meeting: begin it by agreeing with the family whom to invite.');

const namesSomebody: Rule<AgreeInvitees | InviteToTaf> = (command) =>
  headcount(command) === 0 ? invalid('Nobody is named: name the people and professionals.', { field: 'people' }) : undefined;

/** TAF-04 */
const theFamilyAgreed: Rule<AgreeInvitees> = ({ agreedBy }) =>
  agreedBy
    ? undefined
    : refuse('TAF-04', 'The family agrees who is invited: name the member of the family who agreed.', { field: 'agreedBy' });

const notAgreed = (unagreed: Around) =>
  refuse('TAF-04', `The family has not agreed to ${headcount(unagreed)} of those named: agree with the family first, and record it.`, {
    field: unagreed.people.length > 0 ? 'people' : 'professionals',
  });

/** TAF-04 */
const onlyThoseAgreed: Rule<InviteToTaf> = (command, taf) => {
  const unagreed = without(command, meetingOf(taf, command.meetingId).agreed);
  return headcount(unagreed) > 0 ? notAgreed(unagreed) : undefined;
};

/** TAF-03 */
const theFamilyIsThere: Rule<HoldTaf> = ({ attended }) =>
  attended.people.length > 0
    ? undefined
    : refuse(
        'TAF-03',
        'A Team Around the Family meeting is not held without the child, young person or family: arrange it so that one can attend.',
        {
          field: 'attended.people',
        },
      );

/** FD-07 */
const theHubAcceptedBefore: Rule<HoldTaf> = ({ heldAt }, { acceptedAt }) =>
  acceptedAt && acceptedAt <= heldAt
    ? undefined
    : refuse('FD-07', 'No Team Around the Family meeting is held before the hub accepted the assessment: wait for its checks.', {
        field: 'heldAt',
      });

/** TAF-04: whoever leads needs no invitation. */
const nobodyCameUnagreed: Rule<HoldTaf> = ({ meetingId, attended, evidence: { episode } }, taf) => {
  const lead: readonly Professional[] = episode ? [episode.leadProfessional] : [];
  const agreed = together(meetingOf(taf, meetingId).agreed, { people: [], professionals: lead });
  const unagreed = without({ ...nobody, professionals: attended.professionals }, agreed);
  return headcount(unagreed) > 0 ? { ...notAgreed(unagreed), field: 'attended.professionals' } : undefined;
};

/** LP-02 */
const theLeadProfessionalIsDecided: Rule<HoldTaf> = ({ evidence: { episode } }) =>
  episode?.leadProfessionalConfirmed
    ? undefined
    : refuse(
        'LP-02',
        'By the end of the first meeting the family and the team decide who is Lead Professional: confirm them, then record the meeting.',
      );

/** TAF-06 */
const leavesARecord: Rule<HoldTaf> = ({ summary }) =>
  isMissing(summary)
    ? refuse('TAF-06', 'Each meeting leaves a record: write a summary of what was discussed.', { field: 'summary' })
    : undefined;

const hasHappened: Rule<HoldTaf> = ({ heldAt, meta }) =>
  heldAt > meta.now ? invalid('A meeting is recorded once it has been held: its time lies ahead.', { field: 'heldAt' }) : undefined;

const isHeldOnce: Rule<HoldTaf> = ({ meetingId }, taf) => {
  const { heldAt } = meetingOf(taf, meetingId);
  return heldAt
    ? wrongState(`This meeting is already recorded, as held on ${formatLondon(heldAt)}: a further one has its own id.`, {
        field: 'meetingId',
      })
    : undefined;
};

const topicsAreKnown: Rule<HoldTaf> = ({ discussed }, _, { firstTafAgenda }) =>
  discussed.every((topic) => isCoded(firstTafAgenda, topic))
    ? undefined
    : unknown(`A topic is not on the agenda: the topics are ${Object.keys(firstTafAgenda).join(', ')}.`, { field: 'discussed' });

const wasHeld: Rule<ShareRecord> = ({ meetingId }, taf) =>
  meetingOf(taf, meetingId).heldAt
    ? undefined
    : unknown('No such meeting has been held: record it before its record is shared.', { field: 'meetingId' });

/** TAF-06 */
const hasAPlan: Rule<ShareRecord> = ({ evidence: { planActions } }) =>
  planActions > 0
    ? undefined
    : refuse('TAF-06', 'Each meeting leaves a SMART plan beside its record: agree the actions, then share both.', { field: 'meetingId' });

/** Whom a sharing names as not receiving it. */
const withheldFrom = ({ withheld }: ShareRecord): Around => ({
  people: withheld.flatMap((one) => ('personId' in one ? [one.personId] : [])),
  professionals: withheld.flatMap((one) => ('professional' in one ? [one.professional] : [])),
});

/** TAF-06 */
const reachesAllWhoMayReceiveIt: Rule<ShareRecord> = (command, taf) => {
  const { attended, invited } = meetingOf(taf, command.meetingId);
  const forgotten = without(together(attended, invited), together(command, withheldFrom(command)));
  return headcount(forgotten) > 0
    ? refuse(
        'TAF-06',
        `The record goes to all who attended or were invited: ${headcount(forgotten)} are missing. Share it with them, or say why they may not receive it.`,
        { field: forgotten.people.length > 0 ? 'people' : 'professionals' },
      )
    : undefined;
};

/** TAF-06 */
const reachesNobodyElse: Rule<ShareRecord> = (command, taf) => {
  const { attended, invited } = meetingOf(taf, command.meetingId);
  const others = without(command, together(attended, invited));
  return headcount(others) > 0
    ? refuse('TAF-06', `The record goes only to those who attended or were invited: leave out ${counted(headcount(others), 'other')}.`, {
        field: others.people.length > 0 ? 'people' : 'professionals',
      })
    : undefined;
};

export const toAgreeInvitees = [belongsToAnOpenEpisode, isStillAhead, namesSomebody, theFamilyAgreed];
export const toInvite = [belongsToAnOpenEpisode, isForTheLeadProfessional, isStillAhead, namesSomebody, onlyThoseAgreed];
export const toRecordViews = [belongsToAnOpenEpisode, isPlanned, isStillAhead];
export const toHold = [
  belongsToAnOpenEpisode,
  isForTheLeadProfessional,
  isPlanned,
  isHeldOnce,
  hasHappened,
  theFamilyIsThere,
  theHubAcceptedBefore,
  leavesARecord,
  topicsAreKnown,
  nobodyCameUnagreed,
  theLeadProfessionalIsDecided,
];
export const toShare = [belongsToAnOpenEpisode, isForTheLeadProfessional, wasHeld, reachesNobodyElse, reachesAllWhoMayReceiveIt, hasAPlan];
