import {
  code,
  Day,
  defineEvent,
  LongText,
  PersonId,
  revealText,
  sealed,
  UserId,
  OrganisationId,
  Uuid,
  type EventOf,
} from '@waymark/kernel';
import { formatDay, spelt } from '@waymark/policy';
import { z } from 'zod';
import { planningDeadlines, type PlanningDeadlineEvent } from '../shared/deadlines.js';
import { Evidence } from '../shared/evidence.js';
import { counted, listOf, Need, Professional, sealedCode } from '../shared/fields.js';

export const endings = ['no-longer-needed', 'replaced', 'owner-withdrew', 'family-declined'] as const;

const action = { episodeId: Uuid, actionId: Uuid };
const evidence = Evidence;
const story = () => sealed(LongText, { of: 'caseId' });

/** Whose an action is: one of the two stands, the other is null (PLAN-01). */
const owner = { professional: Professional.nullable(), familyMember: PersonId.nullable() };

/** Everything that makes an action SMART (PLAN-01). */
const terms = { needId: Uuid, what: story(), why: story(), howKnown: story(), means: story(), ...owner, by: Day };

export const PlanNeedsNoted = defineEvent(
  'planning.PlanNeedsNoted.v1',
  { episodeId: Uuid, ehaId: Uuid, needs: listOf(Need) },
  ({ needs }) => `The plan answers ${counted(needs.length, 'need')} that the assessment found.`,
);

export const FamilyGoalStated = defineEvent(
  'planning.FamilyGoalStated.v1',
  { episodeId: Uuid, goalId: Uuid, personId: PersonId, words: sealed(LongText, { of: 'personId' }), evidence },
  ({ words }) => `A goal of the family, in its own words: ${revealText(words)}`,
);

export const FamilyGoalsPrompted = defineEvent(
  'planning.FamilyGoalsPrompted.v1',
  { episodeId: Uuid },
  () => "A prompt: the plan has actions and no goal of the family yet; the family's own goals come first.",
);

export const ActionAgreed = defineEvent(
  'planning.ActionAgreed.v1',
  { ...action, /** Null where it was agreed between meetings. */ meetingId: Uuid.nullable(), ...terms, evidence },
  ({ what, why, by, professional }) =>
    `${professional ? 'A professional' : 'A member of the family'} agreed to an action by ${formatDay(by)}: ${revealText(what)} Why: ${revealText(why)}`,
);

export const ActionRevised = defineEvent(
  'planning.ActionRevised.v1',
  { ...action, ...terms, whyRevised: story(), evidence },
  ({ what, by, whyRevised }) =>
    `An action was revised: ${revealText(what)} By ${formatDay(by)}. Why it was revised: ${revealText(whyRevised)}`,
);

export const ActionCompleted = defineEvent(
  'planning.ActionCompleted.v1',
  { ...action, outcome: story() },
  ({ outcome }) => `An action was completed: ${revealText(outcome)}`,
);

export const ActionEnded = defineEvent(
  'planning.ActionEnded.v1',
  { ...action, because: sealed(z.enum(endings), sealedCode), why: story(), evidence },
  ({ because, why }) => `An action was ended without completion (${spelt(revealText(because))}): ${revealText(why)}`,
);

export const OwnerPrompted = defineEvent(
  'planning.OwnerPrompted.v1',
  { ...action, ...owner },
  () => 'An action is past its date: its owner was prompted.',
);

export const LeadProfessionalPrompted = defineEvent(
  'planning.LeadProfessionalPrompted.v1',
  action,
  () => 'An action is past its date and its owner has not answered: the Lead Professional was prompted.',
);

export const NonDeliveryRaised = defineEvent(
  'planning.NonDeliveryRaised.v1',
  {
    ...action,
    /** The agency that agreed to the action, and answers for it (PLAN-03). */
    answerable: OrganisationId,
    told: listOf(code(['line-manager', 'targeted-support'])),
    lineManager: UserId,
    concern: story(),
    evidence,
  },
  ({ concern }) =>
    `The Lead Professional raised with their line manager and with Targeted Support that an agreed action was not delivered; the agency that agreed to it answers for it: ${revealText(concern)}`,
);

export const NonDeliveryAnswered = defineEvent(
  'planning.NonDeliveryAnswered.v1',
  { ...action, answerable: OrganisationId, answer: story() },
  ({ answer }) => `The agency answered for the action that was not delivered: ${revealText(answer)}`,
);

export const PlanStoodDown = defineEvent(
  'planning.PlanStoodDown.v1',
  { episodeId: Uuid, unfinished: listOf(Uuid) },
  ({ unfinished }) =>
    `With the episode closed the plan ended${unfinished.length > 0 ? `, with ${counted(unfinished.length, 'action')} unfinished` : ''}.`,
);

const definitions = [
  PlanNeedsNoted,
  FamilyGoalStated,
  FamilyGoalsPrompted,
  ActionAgreed,
  ActionRevised,
  ActionCompleted,
  ActionEnded,
  OwnerPrompted,
  LeadProfessionalPrompted,
  NonDeliveryRaised,
  NonDeliveryAnswered,
  PlanStoodDown,
] as const;

export type PlanEvent = EventOf<(typeof definitions)[number]> | PlanningDeadlineEvent;
export const planEvents = [...definitions, ...Object.values(planningDeadlines)];
