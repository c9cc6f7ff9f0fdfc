import { BackgroundTask, Mutex, realSleep, type Sleep } from '@waymark/async';
import { derivedId, instantFromMs, msOf, type Clock, type Instant, type Uuid } from '@waymark/kernel';
import type { ReadModelStore } from '@waymark/read-model';
import { deadlineCollection, missedFrom, type Firing, type IndexedDeadline } from './deadline-index.js';
import { later } from '../core/checkpoint.js';
import type { LogReaction } from '../core/reaction.js';
import type { After } from '@waymark/event-store';

/**
 * Issues the command of a due deadline; resolves when it is committed, was before, or has become needless, with the position of what was written
 * last. The same deadline and kind always come with the same command id.
 */
export type Fire = (deadline: IndexedDeadline, kind: Firing, commandId: Uuid) => Promise<After | undefined>;

export interface TimersOptions {
  readonly service: string;
  readonly readModel: ReadModelStore;
  /** The projection made by `deadlineIndex`. */
  readonly index: LogReaction;
  readonly fire: Fire;
  readonly clock: Clock;
  readonly sleep?: Sleep;
  readonly onFailure?: (reaction: string, error: unknown) => void;
}

export interface Fired {
  readonly fired: number;
  /** Could not be fired, or were before and stand in the index all the same; they are tried again at the next look. */
  readonly failed: number;
}

/** What the index gives for a range of `nextAt`: entries that have one. */
type DueDeadline = IndexedDeadline & { readonly nextAt: Instant; readonly next: Firing };

interface Sweep {
  readonly now: Instant;
  readonly done: Set<Uuid>;
  readonly failed: Set<Uuid>;
}

const pageSize = 100;
/** How long at most between two looks; also how soon a jump of the clock is noticed without being told. */
const longestLookMs = 1_000;
const indexTimeoutMs = 5_000;

/**
 * Fires what is due, in order of time. Keeps no memory of what it did: the index says what is open, the log says what has happened, and a repeated
 * command id has its first result. So restarts, two timers at once and clocks that jump either way fire each deadline once in effect.
 */
export class Timers {
  readonly name: string;
  private readonly collection: string;
  private readonly sleep: Sleep;
  private readonly looking = new BackgroundTask((signal) => this.run(signal));
  private nudge = new AbortController();
  private readonly sweeping = new Mutex();
  /** What the last sweep fired. Whatever of it is due still does not get on by being fired: its case is parked in the index, or the index is behind. */
  private firedLast: ReadonlySet<Uuid> = new Set();

  constructor(private readonly options: TimersOptions) {
    this.name = `${options.service}.timers`;
    this.collection = deadlineCollection(options.service).name;
    this.sleep = options.sleep ?? realSleep;
  }

  /** Fires everything that is due at `now`, also what became due by it. One run at a time: a second caller waits and looks again. */
  runDue(now: Instant): Promise<Fired> {
    return this.sweeping.run(() => this.sweep(now));
  }

  start(): void {
    this.looking.start();
  }

  stop(): Promise<void> {
    return this.looking.stop();
  }

  /** The clock was set, or a deadline came in: look now. */
  wake(): void {
    this.nudge.abort();
  }

  private async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.nudge = new AbortController();
      let waitMs = longestLookMs;
      try {
        const { failed } = await this.runDue(this.options.clock.now());
        // What could not be fired is due still; without a pause it would be tried at once, for ever.
        if (failed === 0) waitMs = await this.untilNextMs();
      } catch (error) {
        this.options.onFailure?.(this.name, error);
      }
      if (!signal.aborted) await this.sleep(waitMs, AbortSignal.any([signal, this.nudge.signal]));
    }
  }

  private async untilNextMs(): Promise<number> {
    const [next] = (
      await this.options.readModel.find<IndexedDeadline>(this.collection, {
        where: [{ field: 'nextAt', from: '' }],
        sortBy: 'nextAt',
        limit: 1,
      })
    ).items;
    if (!next?.nextAt) return longestLookMs;
    return Math.min(Math.max(msOf(next.nextAt) - msOf(this.options.clock.now()), 1), longestLookMs);
  }

  private async sweep(now: Instant): Promise<Fired> {
    const sweep: Sweep = { now, done: new Set(), failed: new Set() };
    for (;;) {
      const position = await this.fireWhatIsDue(sweep);
      const goOn = position !== undefined && (await this.options.index.waitFor(position, indexTimeoutMs));
      // What was fired may have made something else due: a reminder whose deadline is past too.
      if (!goOn) break;
    }
    const again = [...sweep.done].filter((commandId) => this.firedLast.has(commandId)).length;
    this.firedLast = sweep.done;
    return { fired: sweep.done.size - again, failed: sweep.failed.size + again };
  }

  /** @returns the position to wait for before looking again; undefined when nothing new was fired */
  private async fireWhatIsDue(sweep: Sweep): Promise<After | undefined> {
    let position: After | undefined;
    let horizon = sweep.now;
    for await (const deadline of this.due(sweep.now)) {
      if (deadline.nextAt > horizon) break;
      const fired = await this.fireOne(deadline, sweep);
      if (fired === undefined) continue;
      position = later(fired, position ?? 'start');
      // After a late reminder its own deadline comes next: nothing later than that may overtake it.
      const missedAt = missedFrom(deadline.dueAt);
      if (deadline.next === 'remind' && missedAt < horizon) horizon = missedAt;
    }
    return position;
  }

  /** @returns what to wait for; undefined when it could not be fired, or was tried in this sweep already */
  private async fireOne(deadline: DueDeadline, sweep: Sweep): Promise<After | undefined> {
    const commandId = commandIdOf(deadline);
    if (sweep.done.has(commandId) || sweep.failed.has(commandId)) return undefined;
    try {
      const position = await this.options.fire(deadline, deadline.next, commandId);
      sweep.done.add(commandId);
      return position ?? 'start';
    } catch (error) {
      sweep.failed.add(commandId);
      this.options.onFailure?.(this.name, error);
      return undefined;
    }
  }

  private async *due(now: Instant): AsyncIterable<DueDeadline> {
    const where = [{ field: 'nextAt', from: '', below: instantFromMs(msOf(now) + 1) }];
    let cursor: string | undefined;
    do {
      const page = await this.options.readModel.find<DueDeadline>(this.collection, {
        where,
        sortBy: 'nextAt',
        limit: pageSize,
        ...(cursor ? { cursor } : {}),
      });
      yield* page.items;
      cursor = page.next;
    } while (cursor);
  }
}

/** The moment is part of it, so that a deadline that was set anew fires anew. */
const commandIdOf = ({ id, next, nextAt }: DueDeadline): Uuid => derivedId('timer', id, next, nextAt);
