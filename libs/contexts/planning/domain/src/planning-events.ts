import type { AnyEventDefinition } from '@waymark/kernel';
import { episode } from './episode/episode.js';
import { notes } from './notes/notes.js';
import { plan } from './plan/plan.js';
import { taf } from './taf/taf.js';

/** Every event of planning, its deadlines' included, each once. */
export const planningEvents: readonly AnyEventDefinition[] = [...new Set([episode, taf, plan, notes].flatMap(({ events }) => events))];
