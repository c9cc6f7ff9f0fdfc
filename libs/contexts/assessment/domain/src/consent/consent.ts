import { restsOnConsent, type RestsOnConsent } from '@waymark/consent';
import type { Aggregate } from '@waymark/kernel';
import { timed, type DeadlineCommand, type Timed } from '@waymark/deadlines';
import type { PolicyPack } from '@waymark/policy';
import { deadlineDefinitions, deadlines, type AssessmentDeadline } from '../common/deadlines.js';
import { PromptRaised, SafetyConcernRaised } from '../common/prompts.js';
import type { ConsentCommand } from './commands.js';
import { competenceDefinitions } from './competence-events.js';
import { consentNeeds } from './consent-needs.js';
import { decide } from './decide.js';
import { consentDefinitions } from './events.js';
import { evolve, type LedgerEvent } from './evolve.js';
import { sharingDefinitions } from './sharing-events.js';
import { emptyLedger, type Ledger } from './state.js';

/** The consent ledger of one case: `assessment.consent-<caseId>`. */
export const consent: Aggregate<ConsentCommand | DeadlineCommand, LedgerEvent | AssessmentDeadline, Timed<Ledger>, PolicyPack> &
  RestsOnConsent = {
  name: 'assessment.consent',
  events: [
    ...consentDefinitions,
    ...competenceDefinitions,
    ...sharingDefinitions,
    PromptRaised,
    SafetyConcernRaised,
    ...deadlineDefinitions,
  ],
  ...timed<'assessment', ConsentCommand, LedgerEvent, Ledger, PolicyPack>(deadlines, { initial: emptyLedger, decide, evolve }),
  restsOnConsent: restsOnConsent(consentNeeds),
};
