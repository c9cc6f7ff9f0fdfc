import type { CaseId, Intent, Issue, Workflow, WorkflowInput } from '@waymark/kernel';
import type { CloseEha, StartEha } from '../eha/commands.js';
import { eha } from '../eha/eha.js';
import type { FamilyEvent } from '../family/events.js';

/** What is opened for a family is started, and what is closed is ended, even where whoever asked for it was cut off in between. */
export const assessmentLife: Workflow<FamilyEvent, Record<string, never>> = {
  name: 'assessment-life',
  instance: ({ data }) => data.ehaId,
  initial: {},
  react: (state, input) => ({ state, issues: input.caseId === null ? [] : issuesFor(input, input.caseId) }),
};

const issuesFor = ({ type, data, occurredAt }: WorkflowInput<FamilyEvent>, caseId: CaseId): readonly Issue[] => {
  const { ehaId } = data;
  if (type === 'assessment.AssessmentClosed.v1') {
    const command: Intent<CloseEha> = { kind: 'CloseEha', caseId };
    return [{ aggregate: eha.name, id: ehaId, command }];
  }
  const { leadProfessional, evidence } = data;
  // None was ever opened without it (CON-01).
  if (!evidence.takingPart) return [];
  const { giver: consentGiver } = evidence.takingPart;
  const command: Intent<StartEha> = { kind: 'StartEha', caseId, ehaId, leadProfessional, openedAt: occurredAt, consentGiver };
  return [{ aggregate: eha.name, id: ehaId, command }];
};
