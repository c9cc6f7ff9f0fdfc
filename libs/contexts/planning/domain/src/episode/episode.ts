import { restingOnConsent, restsOnConsent, type CarriesConsent, type RestsOnConsent } from '@waymark/consent';
import { timed, type DeadlineCommand, type Timed } from '@waymark/deadlines';
import type { Aggregate } from '@waymark/kernel';
import type { PolicyPack } from '@waymark/policy';
import type { EpisodeCommand } from './commands.js';
import { consentNeeds } from './consent-needs.js';
import { decide } from './decide.js';
import { episodeEvents, type EpisodeEvent } from './events.js';
import { evolve } from './evolve.js';
import { noEpisode, type Episode } from './state.js';
import { planningDeadlines } from '../shared/deadlines.js';

/** A period of help with a family, and who leads it: `planning.episode-<episodeId>`. */
export const episode: Aggregate<(EpisodeCommand & CarriesConsent) | DeadlineCommand, EpisodeEvent, Timed<Episode>, PolicyPack> &
  RestsOnConsent = {
  name: 'planning.episode',
  events: episodeEvents,
  ...timed(planningDeadlines, { initial: noEpisode, decide: restingOnConsent(consentNeeds, decide), evolve }),
  restsOnConsent: restsOnConsent(consentNeeds),
};
