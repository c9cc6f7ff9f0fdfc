import type { CaseId, Intent, Issue, Workflow, WorkflowInput } from '@waymark/kernel';
import type { CloseEha } from '../eha/commands.js';
import { eha } from '../eha/eha.js';
import { evolve, noAssessment } from '../family/decide.js';
import type { FamilyEvent } from '../family/events.js';
import { startOf } from '../family/starting.js';

/** What is opened for a family is started, and what is closed is ended, even where whoever asked for it was cut off in between. */
export const assessmentLife: Workflow<FamilyEvent, Record<string, never>> = {
  name: 'assessment-life',
  instance: ({ data }) => data.ehaId,
  initial: {},
  react: (state, input) => ({ state, issues: input.caseId === null ? [] : issuesFor(input, input.caseId) }),
};

const issuesFor = (input: WorkflowInput<FamilyEvent>, caseId: CaseId): readonly Issue[] => {
  const { ehaId } = input.data;
  if (input.type === 'assessment.AssessmentClosed.v1') {
    const command: Intent<CloseEha> = { kind: 'CloseEha', caseId };
    return [{ aggregate: eha.name, id: ehaId, command, continuesCommand: true }];
  }
  const command = startOf(evolve(noAssessment, input), caseId);
  return command ? [{ aggregate: eha.name, id: ehaId, command, continuesCommand: true }] : [];
};
