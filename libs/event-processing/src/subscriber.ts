import { BackgroundTask, Mutex, pauseMs, pollUntil, runPeriodically } from '@waymark/async';
import type { After } from '@waymark/event-store';
import type { NonEmpty } from '@waymark/kernel';
import { StaleCheckpoint } from '@waymark/read-model';
import { CatchUp } from './catch-up.js';
import { parkedCollection, type DeadLetter } from './dead-letter.js';
import { Interrupted } from './failure.js';
import { Headway } from './headway.js';
import { Lane, type LaneStore } from './lane.js';
import { LogLane } from './log-lane.js';
import { LogSource, type LogItem } from './log-source.js';
import { Noting } from './noting.js';
import { reached } from './position.js';
import { withDefaults, type LogReaction, type ReactionStatus, type ReplayResult } from './reaction.js';
import { Replays } from './replays.js';
import { foreverRetry } from './retry.js';
import { hasSeenElsewhere } from './seen-elsewhere.js';
import type { LogSurroundings, Subscribing } from './subscribing.js';

import type { UnitOfWork } from './unit-of-work.js';

/** What other processes parked, replayed or left half way is looked for so often. */
const tendEveryMs = 10_000;

/** Reads the log after its checkpoint and lets each page take effect once, whatever restarts. */
export class Subscriber implements LogReaction {
  readonly name: string;
  readonly tells?: readonly string[];
  private readonly around: ReturnType<typeof withDefaults> & LogSurroundings;
  private readonly mutex = new Mutex();
  private readonly running = new BackgroundTask((signal) => this.run(signal));
  private readonly replays: Replays;
  private readonly headway: Headway;
  private readonly lane: LogLane;
  private readonly catchUp: CatchUp;
  private readonly noting: Noting;
  /** Of the store after the last page, where the pace is short of time. */
  private head: After | undefined;
  private retrying = false;
  private lastError: string | undefined;

  constructor(
    private readonly what: Subscribing,
    around: LogSurroundings,
  ) {
    const { name } = what;
    this.name = name;
    if (what.tells) this.tells = what.tells;
    this.around = { ...withDefaults(around), store: around.store };
    const { readModel, monotonicMs } = this.around;
    const { lane, source } = this.laneOver(readModel);
    const onMove = (seen: After) => this.running.signal && what.seen?.(seen, this.running.signal);
    this.replays = new Replays(name, readModel);
    this.headway = new Headway({ source, monotonicMs, onMove });
    const isReplayed = (key: string) => this.replays.isAt(key);
    this.lane = new LogLane(name, { lane, source, headway: this.headway, readModel, isReplayed });
    this.catchUp = new CatchUp(name, this.around);
    this.noting = new Noting({
      withinMs: what.noteWithinMs ?? 0,
      sleep: this.around.sleep,
      isNoted: () => this.headway.isNoted,
      note: () => this.standingStill(() => this.lane.note()),
      onFailure: (error) => this.note(error),
    });
  }

  start(): void {
    this.running.start();
  }

  stop(): Promise<void> {
    return this.running.stop();
  }

  status(): ReactionStatus {
    return {
      name: this.name,
      reads: 'log',
      running: this.running.signal !== undefined,
      caughtUp: this.catchUp.isOver,
      seen: this.headway.seen,
      pending: this.lane.pending,
      parkedCases: this.lane.parked.cases,
      parkedItems: this.lane.parked.items,
      retrying: this.retrying,
      ...(this.lastError ? { lastError: this.lastError } : {}),
    };
  }

  async waitFor(position: After, timeoutMs: number): Promise<boolean> {
    if (reached(this.headway.seen, position)) return true;
    if (this.running.signal) return this.headway.waitFor(position, timeoutMs);
    const { name, around } = this;
    const following = { name, filter: this.what.filter, store: around.store, readModel: around.readModel };
    return pollUntil(() => hasSeenElsewhere(following, position), { timeoutMs, sleep: around.sleep, monotonicMs: around.monotonicMs });
  }

  parked(): Promise<readonly DeadLetter[]> {
    return this.replays.letters();
  }

  replay(key: string): Promise<ReplayResult> {
    return this.replays.run(key, {
      begin: async () => (this.running.signal ? undefined : this.standingStill(() => this.reload())),
      next: () => this.standingStill(() => this.lane.replayNext(key)),
    });
  }

  /** Takes up what another process parked or replayed, or left half way. Done now and then while it runs. */
  tend(): Promise<void> {
    return this.standingStill(() => this.lane.tend());
  }

  /** Does something while no event takes effect. */
  standingStill<T>(work: () => Promise<T>): Promise<T> {
    return this.mutex.run(work);
  }

  /** Reads the checkpoint and the parked cases again: somebody else has written them. */
  reload(): Promise<void> {
    return this.lane.reload();
  }

  /** The same effect over another store: a generation that is being rebuilt. */
  laneOver(store: LaneStore): { readonly lane: Lane<LogItem>; readonly source: LogSource } {
    const { name: reaction } = this;
    const { clock, sleep, retry } = this.around;
    const notesLater = this.what.noteWithinMs !== undefined;
    const source = new LogSource({ subscriber: reaction, events: this.around.store, store, notesLater });
    const effect = this.what.effect as (items: NonEmpty<LogItem>, documents: UnitOfWork) => Promise<void>;
    const onFailure = (error: unknown) => this.note(error);
    const parkedIn = parkedCollection(reaction).name;
    return { source, lane: new Lane({ reaction, parkedIn, store, source, effect, clock, sleep, retry, onFailure }) };
  }

  private async run(signal: AbortSignal): Promise<void> {
    const tending = runPeriodically(() => this.tend(), { everyMs: tendEveryMs, signal, onFailure: (error) => this.note(error) });
    for (let failures = 1; !signal.aborted; failures += 1) {
      try {
        await this.follow(signal, () => (failures = 0));
      } catch (error) {
        if (error instanceof Interrupted) break;
        if (!(error instanceof StaleCheckpoint)) this.note(error);
        this.retrying = true;
      }
      if (!signal.aborted) await this.around.sleep(pauseMs(foreverRetry, Math.max(failures, 1)), signal);
    }
    await Promise.all([tending, this.noting.settled()]);
    // What is lost if this fails is a second look at events of others, and a repeat of what bears being done again.
    await this.standingStill(() => this.lane.note()).catch(() => undefined);
  }

  private async follow(signal: AbortSignal, onSuccess: () => void): Promise<void> {
    await this.standingStill(async () => {
      await this.reload();
      await this.lane.drain();
    });
    this.catchUp.begin();
    let worked = false;
    for await (const entry of this.around.store.subscribe(this.headway.seen, this.what.filter, signal, this.what.opens)) {
      const beganMs = this.around.monotonicMs();
      const atHead = 'caughtUp' in entry;
      await this.standingStill(() => (atHead ? this.reachHead(entry.position) : this.takePage(entry, signal)));
      onSuccess();
      this.retrying = false;
      if (!atHead) await this.giveWay(this.around.monotonicMs() - beganMs, signal);
      else if (worked) await this.rest(signal);
      worked = !atHead;
    }
  }

  private reachHead(position: After): Promise<void> {
    this.catchUp.end();
    return this.headway.passed(position);
  }

  private async takePage(page: readonly LogItem[], signal: AbortSignal): Promise<void> {
    const taken = await this.lane.take(page, signal);
    if (taken === 0) return;
    this.noting.soon(signal);
    await this.catchUp.took(taken, this.headway.seen);
    await this.lane.drain();
  }

  private async rest(signal: AbortSignal): Promise<void> {
    const { restMs } = this.what;
    if (restMs !== undefined) await this.around.sleep(restMs, AbortSignal.any([signal, this.headway.awaited()]));
  }

  /** To who appends; where nobody does, what is left is taken as fast as it can be. */
  private async giveWay(workedMs: number, signal: AbortSignal): Promise<void> {
    const { pace } = this.what;
    const before = this.head;
    this.head = pace?.isShort() ? await this.around.store.head() : undefined;
    if (before !== undefined && this.head !== undefined && before !== this.head) await pace?.rest(workedMs, signal);
  }

  private note(error: unknown): void {
    this.lastError = error instanceof Error ? error.name : typeof error;
    this.around.onFailure?.(this.name, error);
  }
}
