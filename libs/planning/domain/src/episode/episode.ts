import { timed, type DeadlineCommand, type Timed } from '@waymark/deadlines';
import type { Aggregate } from '@waymark/kernel';
import type { PolicyPack } from '@waymark/policy';
import type { EpisodeCommand } from './commands.js';
import { decide } from './decide.js';
import { episodeEvents, type EpisodeEvent } from './events.js';
import { evolve } from './evolve.js';
import { noEpisode, type Episode } from './state.js';
import { planningDeadlines } from '../shared/deadlines.js';

/** A period of help with a family, and who leads it: `planning.episode-<episodeId>`. */
export const episode: Aggregate<EpisodeCommand | DeadlineCommand, EpisodeEvent, Timed<Episode>, PolicyPack> = {
  name: 'planning.episode',
  events: episodeEvents,
  ...timed(planningDeadlines, { initial: noEpisode, decide, evolve }),
};
