import type { StreamName } from '@waymark/kernel';
import { StoreUnusable } from '../../event-log.js';

/**
 * The part of a database that is ours: streams `<name>.<stream>`, and beside them `<name>-keys`. Other applications and other Waymarks can share
 * the database; nothing of theirs, and nothing of the engine's own (`$…`), begins with our prefix.
 */
export class Namespace {
  readonly prefix: string;
  /** The stream that holds the key set's id; outside the prefix, so that it is no event of the log. */
  readonly keys: string;

  /** @throws StoreUnusable when a name could be the beginning of another's streams */
  constructor(name: string) {
    if (!/^[a-z][a-z0-9-]{0,62}$/.test(name))
      throw new StoreUnusable('the namespace in KurrentDB has to be a short word of lower-case letters, digits and hyphens');
    this.prefix = `${name}.`;
    this.keys = `${name}-keys`;
  }

  engineName(stream: string): string {
    return this.prefix + stream;
  }

  /** Our name of an engine's stream; undefined when it is not ours. */
  streamOf(engineName: string): StreamName | undefined {
    return engineName.startsWith(this.prefix) ? (engineName.slice(this.prefix.length) as StreamName) : undefined;
  }
}
