import type { Aggregate } from '@waymark/kernel';
import type { PolicyPack } from '@waymark/policy';
import { decide, evolve, noAssessment, type Family, type FamilyCommand } from './decide.js';
import { AssessmentClosed, AssessmentOpened, type FamilyEvent } from './events.js';

/** Which assessment of the family is open: `assessment.family-<caseId>`. */
export const family: Aggregate<FamilyCommand, FamilyEvent, Family, PolicyPack> = {
  name: 'assessment.family',
  events: [AssessmentOpened, AssessmentClosed],
  initial: noAssessment,
  decide,
  evolve,
};
