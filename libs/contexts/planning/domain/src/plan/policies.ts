import { notPermitted, refuse, unknown, wrongState, type Policy, type Uuid } from '@waymark/kernel';
import { londonDay, type PolicyPack } from '@waymark/policy';
import { belongsToAnOpenEpisode, isForTheLeadProfessional } from '../shared/evidence.js';
import { isActing, managesStaffOf } from '../shared/fields.js';
import type {
  AgreeAction,
  AnswerForNonDelivery,
  CompleteAction,
  EndAction,
  RaiseNonDelivery,
  ReviseAction,
  StateFamilyGoal,
} from './commands.js';
import { isSmart, liesAhead, staysSmart } from './smart.js';
import { actionOf, type Plan } from './state.js';

type Rule<C> = Policy<C, Plan, PolicyPack>;

const aNewGoal: Rule<StateFamilyGoal> = ({ goalId }, { goals }) =>
  goals.includes(goalId) ? wrongState('This goal is already in the plan.', { field: 'goalId' }) : undefined;

/** FD-07 */
const theHubAccepted: Rule<AgreeAction> = ({ evidence: { episode } }) =>
  episode && !episode.ehaAccepted
    ? refuse('FD-07', 'No plan is agreed before the hub accepted the assessment: wait for its checks.')
    : undefined;

const aNewAction: Rule<AgreeAction> = ({ actionId }, plan) =>
  actionOf(plan, actionId) ? wrongState('This action is already in the plan: revise it instead.', { field: 'actionId' }) : undefined;

const theMeetingWasHeld: Rule<AgreeAction> = ({ meetingId, evidence: { meetingHeld } }) =>
  meetingId !== null && !meetingHeld
    ? unknown('No such meeting has been held: record the meeting first, or say that the action was agreed between meetings.', {
        field: 'meetingId',
      })
    : undefined;

/** PLAN-01 */
const everyPartIsThere: Rule<AgreeAction> = (command) => isSmart(command);

/** PLAN-01 */
const noPartIsEmptied: Rule<ReviseAction> = (command) => staysSmart(command);

/** PLAN-01 */
const byADayAhead: Rule<AgreeAction | ReviseAction> = ({ by, meta }) => liesAhead(by, londonDay(meta.occurredAt));

/** PLAN-01 */
const answersANeed: Rule<AgreeAction | ReviseAction> = ({ needId }, { needs }) =>
  needId === undefined || needs.some((need) => need.needId === needId)
    ? undefined
    : refuse('PLAN-01', 'An action answers a need that the assessment found, and this is none of them: choose one of its needs.', {
        field: 'needId',
      });

/** PLAN-01 */
const aNewOwnerAgreed: Rule<ReviseAction> = ({ owner, ownerAgreed }) =>
  owner !== undefined && ownerAgreed !== true
    ? refuse('PLAN-01', 'An action passes to somebody else only when they have agreed: ask them, and record that they did.', {
        field: 'ownerAgreed',
      })
    : undefined;

const isOpen: Rule<{ readonly actionId: Uuid }> = ({ actionId }, plan) => {
  const action = actionOf(plan, actionId);
  if (!action) return unknown('There is no such action in the plan.', { field: 'actionId' });
  return action.status === 'open' ? undefined : wrongState('This action is finished: agree a new one instead.', { field: 'actionId' });
};

/** PLAN-03 */
const byTheLeadProfessionalAlone: Rule<RaiseNonDelivery> = ({ meta, evidence: { episode } }) =>
  episode && isActing(meta.actor, episode.leadProfessional)
    ? undefined
    : refuse('PLAN-03', 'Non-delivery is raised by the Lead Professional: tell them, so that they raise it.');

/** PLAN-03 */
const anAgencyAgreedToIt: Rule<{ readonly actionId: Uuid }> = ({ actionId }, plan) =>
  actionOf(plan, actionId)?.terms.professional
    ? undefined
    : wrongState("This action is the family's own: no agency answers for it. Talk it over at the next meeting.", { field: 'actionId' });

/** PLAN-03 */
const itsDateHasPassed: Rule<RaiseNonDelivery> = ({ actionId, meta }, plan) => {
  const by = actionOf(plan, actionId)?.terms.by;
  return by && by >= londonDay(meta.occurredAt)
    ? wrongState("The action's date has not passed: it can still be delivered.", { field: 'actionId' })
    : undefined;
};

/** PLAN-03 */
const bothAreTold: Rule<RaiseNonDelivery> = ({ lineManager, targetedSupportTold }) => {
  if (!lineManager)
    return refuse('PLAN-03', 'Non-delivery is raised with the line manager: tell them, and name them.', { field: 'lineManager' });
  return targetedSupportTold
    ? undefined
    : refuse('PLAN-03', 'Non-delivery is raised with Targeted Support too: tell them, and record that they were told.', {
        field: 'targetedSupportTold',
      });
};

const notYetRaised: Rule<RaiseNonDelivery> = ({ actionId }, plan) =>
  actionOf(plan, actionId)?.nonDelivery === 'raised'
    ? wrongState('This is already raised, and the agency has yet to answer.', { field: 'actionId' })
    : undefined;

const wasRaised: Rule<AnswerForNonDelivery> = ({ actionId }, plan) =>
  actionOf(plan, actionId)?.nonDelivery === 'raised'
    ? undefined
    : wrongState('Nothing was raised about this action that needs an answer.', { field: 'actionId' });

/** PLAN-03 */
const byTheAgencyThatAgreed: Rule<AnswerForNonDelivery> = ({ actionId, meta }, plan) => {
  const owner = actionOf(plan, actionId)?.terms.professional;
  return owner?.organisation === meta.actor.organisation
    ? undefined
    : refuse('PLAN-03', 'The agency that agreed to the action answers for it, and nobody in its place: ask them to record their answer.');
};

const byItsOwnerOrTheLeadProfessional: Rule<CompleteAction> = ({ actionId, meta, evidence: { episode } }, plan) => {
  const owner = actionOf(plan, actionId)?.terms.professional;
  const allowed = [owner, episode?.leadProfessional].some((one) => one && (isActing(meta.actor, one) || managesStaffOf(meta.actor, one)));
  return allowed ? undefined : notPermitted('An action is completed by its owner or the Lead Professional: ask one of them to record it.');
};

export const toStateAGoal = [belongsToAnOpenEpisode, aNewGoal];
export const toAgree = [belongsToAnOpenEpisode, aNewAction, everyPartIsThere, byADayAhead, answersANeed, theMeetingWasHeld, theHubAccepted];
export const toRevise: readonly Rule<ReviseAction>[] = [
  belongsToAnOpenEpisode,
  isForTheLeadProfessional,
  isOpen,
  noPartIsEmptied,
  aNewOwnerAgreed,
  byADayAhead,
  answersANeed,
];
export const toComplete: readonly Rule<CompleteAction>[] = [belongsToAnOpenEpisode, isOpen, byItsOwnerOrTheLeadProfessional];
export const toEnd: readonly Rule<EndAction>[] = [belongsToAnOpenEpisode, isForTheLeadProfessional, isOpen];
export const toRaise: readonly Rule<RaiseNonDelivery>[] = [
  belongsToAnOpenEpisode,
  isOpen,
  byTheLeadProfessionalAlone,
  anAgencyAgreedToIt,
  itsDateHasPassed,
  notYetRaised,
  bothAreTold,
];
export const toAnswer: readonly Rule<AnswerForNonDelivery>[] = [belongsToAnOpenEpisode, isOpen, wasRaised, byTheAgencyThatAgreed];
