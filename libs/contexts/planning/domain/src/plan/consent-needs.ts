import type { ConsentNeeds, Use } from '@waymark/consent';
import type { Owner, PlanCommand } from './commands.js';
import type { Plan } from './state.js';

const owning = (owner: Owner | undefined): Use<Plan> => {
  if (owner === undefined) return { action: 'plan' };
  return 'personId' in owner
    ? { action: 'plan', about: { owner: [owner.personId] } }
    : { action: 'plan', with: { owner: [owner.organisation] } };
};

/** CON-16: what a plan needs of consent, one entry a command. */
export const consentNeeds: ConsentNeeds<PlanCommand, Plan> = {
  NoteNeeds: 'follows',
  StateFamilyGoal: ({ personId }) => ({ action: 'plan', about: { personId: [personId] } }),
  AgreeAction: ({ owner }) => owning(owner),
  ReviseAction: ({ owner }) => owning(owner),
  CompleteAction: () => ({ action: 'write' }),
  EndAction: 'closing',
  RaiseNonDelivery: () => ({ action: 'write' }),
  AnswerForNonDelivery: () => ({ action: 'write' }),
  PromptOwner: 'follows',
  PromptLeadProfessional: 'follows',
  StandDownPlan: 'follows',
};
