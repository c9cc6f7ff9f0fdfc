import { restingOnConsent, restsOnConsent, type CarriesConsent, type RestsOnConsent } from '@waymark/consent';
import type { Aggregate } from '@waymark/kernel';
import type { PolicyPack } from '@waymark/policy';
import { consentNeeds } from './consent-needs.js';
import { decide, evolve, noAssessment, type Family, type FamilyCommand } from './decide.js';
import { AssessmentClosed, AssessmentOpened, type FamilyEvent } from './events.js';

/** Which assessment of the family is open: `assessment.family-<caseId>`. */
export const family: Aggregate<FamilyCommand & CarriesConsent, FamilyEvent, Family, PolicyPack> & RestsOnConsent = {
  name: 'assessment.family',
  events: [AssessmentOpened, AssessmentClosed],
  initial: noAssessment,
  decide: restingOnConsent(consentNeeds, decide),
  evolve,
  restsOnConsent: restsOnConsent(consentNeeds),
};
