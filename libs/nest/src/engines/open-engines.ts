import type { Clock } from '@waymark/kernel';
import type { Config } from '../config/config.js';
import { embeddedEngines } from './embedded.js';
import type { Engines, Vocabulary } from './engines.js';
import type { Waiting } from './opening.js';

export interface OpeningOptions {
  /** Names the process to the engines, and its database: `referral`. */
  readonly name: string;
  readonly config: Config;
  readonly vocabulary: Vocabulary;
  readonly clock: Clock;
  /** Told while an engine does not answer. */
  readonly waiting: Waiting;
}

/** Opens the engines that the configuration names. */
export const openEngines = ({ config, vocabulary, clock }: OpeningOptions): Promise<Engines> => embeddedEngines(config, vocabulary, clock);
