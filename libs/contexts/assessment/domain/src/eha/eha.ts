import { restingOnConsent, restsOnConsent, type CarriesConsent, type RestsOnConsent } from '@waymark/consent';
import type { Aggregate } from '@waymark/kernel';
import { timed, type DeadlineCommand, type Timed } from '@waymark/deadlines';
import type { PolicyPack } from '@waymark/policy';
import { deadlineDefinitions, deadlines, type AssessmentDeadline } from '../common/deadlines.js';
import { PromptRaised, SafetyConcernRaised } from '../common/prompts.js';
import type { EhaCommand } from './commands.js';
import { consentNeeds } from './consent-needs.js';
import { contentDefinitions } from './content-events.js';
import { decide } from './decide.js';
import { lifeDefinitions } from './events.js';
import { evolve, type EhaEvent } from './evolve.js';
import { notStarted, type Eha } from './state.js';

type Commands = EhaCommand & CarriesConsent;

/** One Early Help Assessment: `assessment.eha-<ehaId>`. */
export const eha: Aggregate<Commands | DeadlineCommand, EhaEvent | AssessmentDeadline, Timed<Eha>, PolicyPack> & RestsOnConsent = {
  name: 'assessment.eha',
  events: [...contentDefinitions, ...lifeDefinitions, PromptRaised, SafetyConcernRaised, ...deadlineDefinitions],
  ...timed<'assessment', Commands, EhaEvent, Eha, PolicyPack>(deadlines, {
    initial: notStarted,
    decide: restingOnConsent(consentNeeds, decide),
    evolve,
  }),
  restsOnConsent: restsOnConsent(consentNeeds),
};
