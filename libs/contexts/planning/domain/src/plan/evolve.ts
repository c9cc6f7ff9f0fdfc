import type { Fact, Uuid } from '@waymark/kernel';
import type { PlanEvent } from './events.js';
import type { Action, ActionTerms, Plan } from './state.js';

export const evolve = (plan: Plan, event: Fact<PlanEvent>): Plan => {
  const change = (actionId: Uuid, to: Partial<Action>): Plan => ({
    ...plan,
    actions: plan.actions.map((action) => (action.actionId === actionId ? { ...action, ...to } : action)),
  });
  switch (event.type) {
    case 'planning.PlanNeedsNoted.v1':
      return { ...plan, needs: event.data.needs };
    case 'planning.FamilyGoalStated.v1':
      return { ...plan, goals: [...plan.goals, event.data.goalId] };
    case 'planning.FamilyGoalsPrompted.v1':
      return { ...plan, goalsPrompted: true };
    case 'planning.ActionAgreed.v1':
      return { ...plan, actions: [...plan.actions, agreed(event.data)] };
    case 'planning.ActionRevised.v1':
      return change(event.data.actionId, { terms: termsOf(event.data), ownerPrompted: false, leadProfessionalPrompted: false });
    case 'planning.ActionCompleted.v1':
      return change(event.data.actionId, { status: 'completed' });
    case 'planning.ActionEnded.v1':
      return change(event.data.actionId, { status: 'ended' });
    case 'planning.OwnerPrompted.v1':
      return change(event.data.actionId, { ownerPrompted: true });
    case 'planning.LeadProfessionalPrompted.v1':
      return change(event.data.actionId, { leadProfessionalPrompted: true });
    case 'planning.NonDeliveryRaised.v1':
      return change(event.data.actionId, { nonDelivery: 'raised' });
    case 'planning.NonDeliveryAnswered.v1':
      return change(event.data.actionId, { nonDelivery: 'answered' });
    case 'planning.PlanStoodDown.v1':
      return { ...plan, actions: plan.actions.map((action) => (action.status === 'open' ? { ...action, status: 'unfinished' } : action)) };
    default:
      return plan;
  }
};

const agreed = (data: ActionTerms & { readonly actionId: Uuid }): Action => ({
  actionId: data.actionId,
  terms: termsOf(data),
  status: 'open',
  nonDelivery: 'none',
  ownerPrompted: false,
  leadProfessionalPrompted: false,
});

const termsOf = ({ needId, what, why, howKnown, means, professional, familyMember, by }: ActionTerms): ActionTerms => ({
  ...{ needId, what, why, howKnown, means, professional, familyMember, by },
});
