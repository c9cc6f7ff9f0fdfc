import { deadlineEvents, type DeadlineEvent } from '@waymark/deadlines';

/** The deadline events of planning; each stands in the stream of the aggregate that it binds. */
export const planningDeadlines = deadlineEvents('planning', {
  'EP-07': 'stay in touch with the family',
  'TAF-01': 'hold the first Team Around the Family meeting',
  'TAF-02': 'hold the next review meeting',
  'PLAN-02': 'complete an agreed action',
  'PLAN-03': 'answer the prompt about an overdue action',
});
export type PlanningDeadlineEvent = DeadlineEvent<'planning'>;
