import {
  count,
  code,
  defineEvent,
  flag,
  handle,
  Instant,
  Day,
  LongText,
  PersonId,
  OrganisationId,
  revealText,
  sealed,
  Uuid,
} from '@waymark/kernel';
import type { EventOf } from '@waymark/kernel';
import { formatDay, formatLondon, spelt } from '@waymark/policy';
import { z } from 'zod';
import { planningDeadlines, type PlanningDeadlineEvent } from '../shared/deadlines.js';
import { counted, LeadProfessional, listOf, Need, packCode, Professional, sealedCode } from '../shared/fields.js';

const episode = { episodeId: Uuid };
/** Words about several people of a family, under the key of the family's file. */
const story = () => sealed(LongText, { of: 'caseId' });

/** Which consent of the family was relied on, and how far its ledger was known. */
const Consent = z.strictObject({ consentId: Uuid, ledgerPosition: handle() });

export const EpisodeOpened = defineEvent(
  'planning.EpisodeOpened.v1',
  { ...episode, ehaId: Uuid, leadProfessional: LeadProfessional },
  () =>
    'An Early Help episode was opened. Whoever initiated the assessment is Lead Professional until the first Team Around the Family meeting.',
);

export const AssessmentCompletionNoted = defineEvent(
  'planning.AssessmentCompletionNoted.v1',
  { ...episode, ehaId: Uuid, completedAt: Instant, needs: listOf(Need) },
  ({ completedAt, needs }) =>
    `The episode took note that the assessment was completed on ${formatLondon(completedAt)}, with ${counted(needs.length, 'need')}.`,
);

export const AssessmentAcceptanceNoted = defineEvent(
  'planning.AssessmentAcceptanceNoted.v1',
  { ...episode, ehaId: Uuid, acceptedAt: Instant },
  ({ acceptedAt }) => `The episode took note that the hub accepted the assessment on ${formatLondon(acceptedAt)}.`,
);

export const LeadProfessionalConfirmed = defineEvent(
  'planning.LeadProfessionalConfirmed.v1',
  {
    ...episode,
    leadProfessional: LeadProfessional,
    meetingId: Uuid,
    agreedBy: listOf(PersonId),
    changed: flag(),
    transfers: count(),
    why: story().optional(),
  },
  ({ changed, why }) =>
    (changed
      ? 'The family and the team decided on a new Lead Professional at the first Team Around the Family meeting'
      : 'The Lead Professional was confirmed with the family at the first Team Around the Family meeting') + because(why),
);

export const LeadProfessionalProposed = defineEvent(
  'planning.LeadProfessionalProposed.v1',
  { ...episode, leadProfessional: LeadProfessional, current: LeadProfessional, consent: Consent, why: story() },
  ({ why }) =>
    `With the family's consent a new Lead Professional was proposed${because(why)} The present one stays until the new one accepts.`,
);

export const LeadProfessionalAccepted = defineEvent(
  'planning.LeadProfessionalAccepted.v1',
  { ...episode, leadProfessional: LeadProfessional, previous: LeadProfessional, consent: Consent, transfers: count() },
  ({ transfers }) => `The new Lead Professional accepted and leads from now on: ${counted(transfers, 'transfer')} in this episode so far.`,
);

export const LeadProfessionalDeclined = defineEvent(
  'planning.LeadProfessionalDeclined.v1',
  { ...episode, leadProfessional: LeadProfessional, why: story() },
  ({ why }) => `The proposed Lead Professional declined${because(why)} The present one stays.`,
);

export const LeadProfessionalProposalWithdrawn = defineEvent(
  'planning.LeadProfessionalProposalWithdrawn.v1',
  { ...episode, leadProfessional: LeadProfessional, why: story() },
  ({ why }) => `The proposal of a new Lead Professional was taken back${because(why)} The present one stays.`,
);

export const ServiceInvolved = defineEvent(
  'planning.ServiceInvolved.v1',
  { ...episode, serviceId: Uuid, organisation: OrganisationId, part: story() },
  ({ part }) => `A service takes part in the family's support: ${revealText(part)}`,
);

export const ServiceEnded = defineEvent(
  'planning.ServiceEnded.v1',
  { ...episode, serviceId: Uuid, organisation: OrganisationId, outcome: story() },
  ({ outcome }) => `A service ended its own part: ${revealText(outcome)}`,
);

export const CheckInRecorded = defineEvent(
  'planning.CheckInRecorded.v1',
  { ...episode, leadProfessional: LeadProfessional, discussion: story() },
  ({ discussion }) => `A support officer checked in with the Lead Professional: ${revealText(discussion)}`,
);

export const SupervisionRecorded = defineEvent(
  'planning.SupervisionRecorded.v1',
  { ...episode, leadProfessional: LeadProfessional, discussion: story(), direction: story().optional() },
  ({ discussion, direction }) =>
    `Supervision of the case was recorded: ${revealText(discussion)}${direction === undefined ? '' : ` Direction given: ${revealText(direction)}`}`,
);

export const ClosingPrompted = defineEvent(
  'planning.ClosingPrompted.v1',
  { ...episode, because: code(['no-active-plan']) },
  () => 'Closing was prompted: there is no active plan under review, and an episode stays open only with one.',
);

export const EpisodeClosed = defineEvent(
  'planning.EpisodeClosed.v1',
  {
    ...episode,
    reason: sealed(packCode(), sealedCode),
    presentCircumstances: story(),
    supportGiven: story(),
    told: z.strictObject({ people: listOf(PersonId), professionals: listOf(Professional) }),
    /** EP-05. */
    servicesStillOpen: listOf(z.strictObject({ serviceId: Uuid, organisation: OrganisationId })),
  },
  ({ reason, presentCircumstances, supportGiven, told, servicesStillOpen }) =>
    `The episode was closed (${spelt(revealText(reason))}). Present circumstances: ${revealText(presentCircumstances)} ` +
    `Support given: ${revealText(supportGiven)} ${counted(told.people.length + told.professionals.length, 'person was', 'people were')} told.` +
    (servicesStillOpen.length > 0 ? ` ${counted(servicesStillOpen.length, 'service')} had not yet ended their own part.` : ''),
);

export const FeedbackPrompted = defineEvent(
  'planning.FeedbackPrompted.v1',
  { ...episode },
  () => 'A reminder to ask the family for its feedback, and to agree a date to stay in touch.',
);

export const EpisodeReopened = defineEvent(
  'planning.EpisodeReopened.v1',
  { ...episode, leadProfessional: LeadProfessional, reason: story() },
  ({ reason }) => `The episode was reopened: ${revealText(reason)}`,
);

export const StayInTouchSet = defineEvent(
  'planning.StayInTouchSet.v1',
  { ...episode, on: Day },
  ({ on }) => `A date to stay in touch with the family was set: ${formatDay(on)}.`,
);

export const StayedInTouch = defineEvent(
  'planning.StayedInTouch.v1',
  { ...episode, account: story() },
  ({ account }) => `The family was contacted to stay in touch: ${revealText(account)}`,
);

export const FeedbackRecorded = defineEvent(
  'planning.FeedbackRecorded.v1',
  { ...episode, personId: PersonId, feedback: sealed(LongText, { of: 'personId' }) },
  ({ feedback }) => `The family gave feedback: ${revealText(feedback)}`,
);

function because(why: Parameters<typeof revealText>[0] | undefined): string {
  return why === undefined ? '.' : `: ${revealText(why)}`;
}

const definitions = [
  EpisodeOpened,
  AssessmentCompletionNoted,
  AssessmentAcceptanceNoted,
  LeadProfessionalConfirmed,
  LeadProfessionalProposed,
  LeadProfessionalAccepted,
  LeadProfessionalDeclined,
  LeadProfessionalProposalWithdrawn,
  ServiceInvolved,
  ServiceEnded,
  CheckInRecorded,
  SupervisionRecorded,
  ClosingPrompted,
  EpisodeClosed,
  FeedbackPrompted,
  EpisodeReopened,
  StayInTouchSet,
  StayedInTouch,
  FeedbackRecorded,
] as const;

export type EpisodeEvent = EventOf<(typeof definitions)[number]> | PlanningDeadlineEvent;
export const episodeEvents = [...definitions, ...Object.values(planningDeadlines)];
