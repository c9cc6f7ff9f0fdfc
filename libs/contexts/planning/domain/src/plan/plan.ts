import { restingOnConsent, restsOnConsent, type CarriesConsent, type RestsOnConsent } from '@waymark/consent';
import { timed, type DeadlineCommand, type Timed } from '@waymark/deadlines';
import type { Aggregate } from '@waymark/kernel';
import type { PolicyPack } from '@waymark/policy';
import { planningDeadlines } from '../shared/deadlines.js';
import type { PlanCommand } from './commands.js';
import { consentNeeds } from './consent-needs.js';
import { decide } from './decide.js';
import { planEvents, type PlanEvent } from './events.js';
import { evolve } from './evolve.js';
import { noPlan, type Plan } from './state.js';

/** The family's plan: its goals and the actions agreed on, `planning.plan-<episodeId>`. */
export const plan: Aggregate<(PlanCommand & CarriesConsent) | DeadlineCommand, PlanEvent, Timed<Plan>, PolicyPack> & RestsOnConsent = {
  name: 'planning.plan',
  events: planEvents,
  ...timed(planningDeadlines, { initial: noPlan, decide: restingOnConsent(consentNeeds, decide), evolve }),
  restsOnConsent: restsOnConsent(consentNeeds),
};
