import type { Uuid, Workflow } from '@waymark/kernel';
import type { PlanEvent } from '../plan/events.js';
import { issue } from './issue.js';

type Input = Extract<PlanEvent, { type: 'planning.ActionAgreed.v1' | 'planning.DeadlineMissed.v1' }>;

// A type, not an interface: a workflow's memory is a record of plain values.
type Overdue = { readonly episodeId: Uuid | null };

/** PLAN-02: an action past its date prompts its owner, then the Lead Professional. */
export const overdueActions: Workflow<Input, Overdue> = {
  name: 'overdue-actions',
  instance: ({ type, data }) => (type === 'planning.ActionAgreed.v1' ? data.actionId : data.about),
  initial: { episodeId: null },
  react: (state, { type, data, caseId }) => {
    if (type === 'planning.ActionAgreed.v1') return { state: { episodeId: data.episodeId }, issues: [] };
    const { episodeId } = state;
    const { rule, about: actionId } = data;
    if (!episodeId || !actionId || !caseId) return { state, issues: [] };
    if (rule === 'PLAN-02') return { state, issues: [issue('planning.plan', { kind: 'PromptOwner', caseId, episodeId, actionId })] };
    if (rule === 'PLAN-03')
      return { state, issues: [issue('planning.plan', { kind: 'PromptLeadProfessional', caseId, episodeId, actionId })] };
    return { state, issues: [] };
  },
};
