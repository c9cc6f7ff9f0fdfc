import { restingOnConsent, restsOnConsent, type CarriesConsent, type RestsOnConsent } from '@waymark/consent';
import { timed, type DeadlineCommand, type Timed } from '@waymark/deadlines';
import type { Aggregate } from '@waymark/kernel';
import type { PolicyPack } from '@waymark/policy';
import { planningDeadlines } from '../shared/deadlines.js';
import type { TafCommand } from './commands.js';
import { consentNeeds } from './consent-needs.js';
import { decide } from './decide.js';
import { tafEvents, type TafEvent } from './events.js';
import { evolve } from './evolve.js';
import { noMeetings, type Taf } from './state.js';

/** The Team Around the Family of an episode, with all its meetings: `planning.taf-<episodeId>`. */
export const taf: Aggregate<(TafCommand & CarriesConsent) | DeadlineCommand, TafEvent, Timed<Taf>, PolicyPack> & RestsOnConsent = {
  name: 'planning.taf',
  events: tafEvents,
  ...timed(planningDeadlines, { initial: noMeetings, decide: restingOnConsent(consentNeeds, decide), evolve }),
  restsOnConsent: restsOnConsent(consentNeeds),
};
