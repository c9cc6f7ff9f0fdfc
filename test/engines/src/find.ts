import { available } from './available.js';
import { catalogue } from './catalogue.js';
import type { EngineName } from './catalogue.js';
import type { Engine } from './engine.js';

/** Why an engine cannot be had here, as `engineSuite` of the testing lib takes it. */
export interface Absent {
  readonly absent: string;
}

/**
 * Starts an engine for a suite, or says why it cannot be had. One that is there and does not start is an error.
 *
 * ```ts
 * await engineSuite('Kafka', findEngine('kafka', () => startKafka({ brokers: 3 })), (kafka) => { … });
 * ```
 * @returns what asks and starts; the engine's `version` then names engine, version and image, for the report
 */
export const findEngine =
  <E extends Engine>(name: EngineName, start: () => Promise<E>) =>
  async (): Promise<E | Absent> => {
    const answer = await available(name);
    if (!answer.available) return { absent: answer.why };
    const engine = await start();
    return { ...engine, version: `${catalogue[name].title} ${engine.version}, image ${engine.image}` };
  };
