import { timed, type DeadlineCommand, type Timed } from '@waymark/deadlines';
import type { Aggregate } from '@waymark/kernel';
import type { PolicyPack } from '@waymark/policy';
import { planningDeadlines } from '../shared/deadlines.js';
import type { TafCommand } from './commands.js';
import { decide } from './decide.js';
import { tafEvents, type TafEvent } from './events.js';
import { evolve } from './evolve.js';
import { noMeetings, type Taf } from './state.js';

/** The Team Around the Family of an episode, with all its meetings: `planning.taf-<episodeId>`. */
export const taf: Aggregate<TafCommand | DeadlineCommand, TafEvent, Timed<Taf>, PolicyPack> = {
  name: 'planning.taf',
  events: tafEvents,
  ...timed(planningDeadlines, { initial: noMeetings, decide, evolve }),
};
