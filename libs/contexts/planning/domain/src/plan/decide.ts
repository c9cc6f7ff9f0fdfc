import { cancelDeadline, meetDeadline, setDeadline, type Deadlines } from '@waymark/deadlines';
import { accept as acceptAny, check, never, type Day, type Decision, type Uuid } from '@waymark/kernel';
import { deadlineAfter, endOfLondonDay, type PolicyPack, type TimeLimit } from '@waymark/policy';
import { planningDeadlines } from '../shared/deadlines.js';
import { known } from '../shared/evidence.js';
import type * as Commands from './commands.js';
import * as events from './events.js';
import type { PlanEvent } from './events.js';
import * as policies from './policies.js';
import { complete, restated } from './smart.js';
import { actionOf, type Action, type Plan } from './state.js';

type Decided = Decision<PlanEvent>;
const accept = acceptAny<PlanEvent>;

/** PLAN-02: how long an owner has to answer a prompt before the Lead Professional is prompted. The guidance gives the order and no figure. */
export const answerTime: TimeLimit = { weeks: 1 };

export const decide = (command: Commands.PlanCommand, plan: Plan, pack: PolicyPack, deadlines: Deadlines): Decided => {
  switch (command.kind) {
    case 'NoteNeeds':
      return noteNeeds(command);
    case 'StateFamilyGoal':
      return stateFamilyGoal(command, plan, pack);
    case 'AgreeAction':
      return agreeAction(command, plan, pack, deadlines);
    case 'ReviseAction':
      return reviseAction(command, plan, pack, deadlines);
    case 'CompleteAction':
      return completeAction(command, plan, pack, deadlines);
    case 'EndAction':
      return endAction(command, plan, pack, deadlines);
    case 'RaiseNonDelivery':
      return raiseNonDelivery(command, plan, pack);
    case 'AnswerForNonDelivery':
      return answerForNonDelivery(command, plan, pack, deadlines);
    case 'PromptOwner':
      return promptOwner(command, plan, deadlines);
    case 'PromptLeadProfessional':
      return promptLeadProfessional(command, plan);
    case 'StandDownPlan':
      return standDown(command, plan, deadlines);
    default:
      return never(command);
  }
};

const noteNeeds = ({ episodeId, ehaId, needs }: Commands.NoteNeeds): Decided => accept(events.PlanNeedsNoted({ episodeId, ehaId, needs }));

const stateFamilyGoal = (command: Commands.StateFamilyGoal, plan: Plan, pack: PolicyPack): Decided => {
  const { episodeId, goalId, personId, words } = command;
  return (
    check(policies.toStateAGoal, command, plan, pack) ??
    accept(events.FamilyGoalStated({ episodeId, goalId, personId, words, evidence: known(command) }))
  );
};

/** PLAN-04: goals come first; where none is stated the plan says so, once, and goes on. */
const goalsFirst = (episodeId: Uuid, { goals, goalsPrompted }: Plan): PlanEvent[] =>
  goals.length === 0 && !goalsPrompted ? [events.FamilyGoalsPrompted({ episodeId })] : [];

const dueBy = (actionId: Uuid, by: Day, deadlines: Deadlines): PlanEvent =>
  setDeadline(planningDeadlines, deadlines, { owner: actionId, rule: 'PLAN-02', about: actionId, dueAt: endOfLondonDay(by) });

/** Whatever is still due about an action no longer is. */
const nothingDue = (actionId: Uuid, deadlines: Deadlines): readonly PlanEvent[] =>
  ['PLAN-02', 'PLAN-03'].flatMap((rule) => cancelDeadline(planningDeadlines, deadlines, { rule, about: actionId }));

const agreeAction = (command: Commands.AgreeAction, plan: Plan, pack: PolicyPack, deadlines: Deadlines): Decided => {
  const { episodeId, actionId, meetingId } = command;
  const refusal = check(policies.toAgree, command, plan, pack);
  if (refusal) return refusal;
  const terms = complete(command);
  return accept(
    ...goalsFirst(episodeId, plan),
    events.ActionAgreed({ episodeId, actionId, meetingId, ...terms, evidence: known(command) }),
    dueBy(actionId, terms.by, deadlines),
  );
};

/** A further entry with the terms as they now are; the earlier ones stay in the record (GEN-03). */
const reviseAction = (command: Commands.ReviseAction, plan: Plan, pack: PolicyPack, deadlines: Deadlines): Decided => {
  const { episodeId, actionId, whyRevised } = command;
  return onAction(policies.toRevise, command, { plan, pack }, ({ terms: before }) => {
    const terms = restated(before, command);
    return accept(
      events.ActionRevised({ episodeId, actionId, ...terms, whyRevised, evidence: known(command) }),
      ...(terms.by === before.by ? [] : [...nothingDue(actionId, deadlines), dueBy(actionId, terms.by, deadlines)]),
    );
  });
};

const completeAction = (command: Commands.CompleteAction, plan: Plan, pack: PolicyPack, deadlines: Deadlines): Decided => {
  const { episodeId, actionId, outcome, meta } = command;
  return onAction(policies.toComplete, command, { plan, pack }, () =>
    accept(
      events.ActionCompleted({ episodeId, actionId, outcome }),
      ...meetDeadline(planningDeadlines, deadlines, { rule: 'PLAN-02', about: actionId }, meta),
      ...cancelDeadline(planningDeadlines, deadlines, { rule: 'PLAN-03', about: actionId }),
    ),
  );
};

const endAction = (command: Commands.EndAction, plan: Plan, pack: PolicyPack, deadlines: Deadlines): Decided => {
  const { episodeId, actionId, because, why } = command;
  return onAction(policies.toEnd, command, { plan, pack }, () =>
    accept(events.ActionEnded({ episodeId, actionId, because, why, evidence: known(command) }), ...nothingDue(actionId, deadlines)),
  );
};

const raiseNonDelivery = (command: Commands.RaiseNonDelivery, plan: Plan, pack: PolicyPack): Decided => {
  const { episodeId, actionId, concern, lineManager } = command;
  return onAction(policies.toRaise, command, { plan, pack }, ({ terms: { professional } }) => {
    if (!professional || !lineManager) throw new TypeError('non-delivery was accepted without an agency or a line manager');
    const answerable = professional.organisation;
    const told = ['line-manager' as const, 'targeted-support' as const];
    return accept(events.NonDeliveryRaised({ episodeId, actionId, answerable, told, lineManager, concern, evidence: known(command) }));
  });
};

const answerForNonDelivery = (command: Commands.AnswerForNonDelivery, plan: Plan, pack: PolicyPack, deadlines: Deadlines): Decided => {
  const { episodeId, actionId, answer, meta } = command;
  return onAction(policies.toAnswer, command, { plan, pack }, () =>
    accept(
      events.NonDeliveryAnswered({ episodeId, actionId, answerable: meta.actor.organisation, answer }),
      ...meetDeadline(planningDeadlines, deadlines, { rule: 'PLAN-03', about: actionId }, meta),
    ),
  );
};

/** PLAN-02: the owner first. A prompt that comes after the action was done, or twice, says nothing. */
const promptOwner = ({ episodeId, actionId, meta }: Commands.PromptOwner, plan: Plan, deadlines: Deadlines): Decided => {
  const action = actionOf(plan, actionId);
  if (action?.status !== 'open' || action.ownerPrompted) return accept();
  const { professional, familyMember } = action.terms;
  const dueAt = deadlineAfter(meta.now, answerTime);
  return accept(
    events.OwnerPrompted({ episodeId, actionId, professional, familyMember }),
    setDeadline(planningDeadlines, deadlines, { owner: actionId, rule: 'PLAN-03', about: actionId, dueAt }),
  );
};

/** PLAN-02: then the Lead Professional, unless they have raised it already. */
const promptLeadProfessional = ({ episodeId, actionId }: Commands.PromptLeadProfessional, plan: Plan): Decided => {
  const action = actionOf(plan, actionId);
  if (action?.status !== 'open' || action.leadProfessionalPrompted || action.nonDelivery !== 'none') return accept();
  return accept(events.LeadProfessionalPrompted({ episodeId, actionId }));
};

const standDown = ({ episodeId }: Commands.StandDownPlan, { actions }: Plan, deadlines: Deadlines): Decided => {
  const unfinished = actions.filter(({ status }) => status === 'open').map(({ actionId }) => actionId);
  return accept(events.PlanStoodDown({ episodeId, unfinished }), ...unfinished.flatMap((actionId) => nothingDue(actionId, deadlines)));
};

type OnAction =
  Commands.ReviseAction | Commands.CompleteAction | Commands.EndAction | Commands.RaiseNonDelivery | Commands.AnswerForNonDelivery;

/** Checks the policies, which make sure that the action is there, and goes on with it. */
const onAction = <C extends OnAction>(
  rules: Parameters<typeof check<C, Plan, PolicyPack>>[0],
  command: C,
  { plan, pack }: { readonly plan: Plan; readonly pack: PolicyPack },
  then: (action: Action) => Decided,
): Decided => {
  const refusal = check(rules, command, plan, pack);
  if (refusal) return refusal;
  const action = actionOf(plan, command.actionId);
  if (!action) throw new TypeError('a command about an action was accepted without the action');
  return then(action);
};
