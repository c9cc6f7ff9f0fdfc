import { deadlineEvents, type DeadlineEvent } from '@waymark/deadlines';

/** The deadlines of this service, in the words of the practice. */
export const deadlines = deadlineEvents('assessment', {
  'CON-10': 'ask the family again after its refusal',
  'EHA-08': 'finish the Early Help Assessment',
  'EHA-10': 'review and update the Early Help Assessment',
});

export const deadlineDefinitions = Object.values(deadlines);
export type AssessmentDeadline = DeadlineEvent<'assessment'>;
