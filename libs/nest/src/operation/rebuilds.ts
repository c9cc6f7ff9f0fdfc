import { troubleOf, type Progress } from '@waymark/event-processing';
import type { Clock, Instant } from '@waymark/kernel';
import type { PlatformReactions } from '../platform/reactions.js';

/** A rebuild as an operator follows it. */
export interface RebuildStatus {
  readonly projection: string;
  readonly state: 'counting' | 'filling' | 'done' | 'failed';
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  /** Events that the new generation has taken in. */
  readonly done: number;
  /** Events that it has to take in; null until they are counted. Those recorded meanwhile come on top. */
  readonly total: number | null;
  readonly percent: number | null;
  /** Of a failure: its class, and its message where it is ours. */
  readonly failure: string | null;
}

interface Dependencies {
  readonly reactions: Pick<PlatformReactions, 'rebuild'>;
  /** How many events a projection has to take in. */
  readonly count: (projection: string) => Promise<number>;
  readonly clock: Clock;
}

/** Runs rebuilds one after the other per projection, and remembers the newest of each. */
export class Rebuilds {
  readonly #newest = new Map<string, RebuildStatus>();
  readonly #running = new Set<Promise<void>>();

  constructor(private readonly dependencies: Dependencies) {}

  find(projection: string): RebuildStatus | undefined {
    return this.#newest.get(projection);
  }

  /** Starts one, or shows the one that runs: two requests start only one. */
  start(projection: string): RebuildStatus {
    const current = this.#newest.get(projection);
    if (current && current.endedAt === null) return current;
    const begun: RebuildStatus = {
      ...{ projection, state: 'counting', startedAt: this.dependencies.clock.now(), endedAt: null },
      ...{ done: 0, total: null, percent: null, failure: null },
    };
    this.#newest.set(projection, begun);
    const run = this.#run(projection).finally(() => this.#running.delete(run));
    this.#running.add(run);
    return begun;
  }

  /** Waits for what runs; for a stop, and for tests. */
  async settled(): Promise<void> {
    await Promise.all(this.#running);
  }

  async #run(projection: string): Promise<void> {
    const { reactions, count, clock } = this.dependencies;
    try {
      this.#change(projection, { total: await count(projection), state: 'filling' });
      const { events } = await reactions.rebuild(projection, ({ done }: Progress) => {
        this.#change(projection, { done });
      });
      this.#change(projection, { state: 'done', done: events, total: events, endedAt: clock.now() });
    } catch (error) {
      const { error: name, message } = troubleOf(error);
      this.#change(projection, { state: 'failed', failure: `${name}: ${message}`, endedAt: clock.now() });
    }
  }

  #change(projection: string, change: Partial<RebuildStatus>): void {
    const status = this.#newest.get(projection);
    if (!status) return;
    const changed = { ...status, ...change };
    this.#newest.set(projection, { ...changed, percent: percentOf(changed) });
  }
}

/** 100 only when it is done: what was recorded since the count may be on its way still. */
const percentOf = ({ state, done, total }: RebuildStatus): number | null => {
  if (state === 'done') return 100;
  if (total === null) return null;
  return total === 0 ? 0 : Math.min(99, Math.floor((done / total) * 100));
};
