import type { After, CaughtUp, EventStore, Filter, Opens, Recorded } from '@waymark/event-store';
import type { NonEmpty } from '@waymark/kernel';
import { StaleCheckpoint } from '@waymark/read-model';
import { parkedCollection, type DeadLetter } from './dead-letter.js';
import { Interrupted } from './failure.js';
import { Lane, ReplayInProgress, type LaneStore } from './lane.js';
import { LogSource, positionOf, type LogItem } from './log-source.js';
import { allLetters } from './parked-cases.js';
import { nowAndThen } from './now-and-then.js';
import type { Pace } from './pace.js';
import { later, reached } from './position.js';
import { withDefaults, type LogReaction, type ReactionStatus, type ReplayResult, type Surroundings } from './reaction.js';
import { foreverRetry, pauseMs } from './retry.js';
import { hasSeenElsewhere, until } from './seen-elsewhere.js';
import { Turn } from './turn.js';
import type { UnitOfWork } from './unit-of-work.js';
import { Waiters } from './waiters.js';

/** What a subscriber is given of the log. */
export interface Reads {
  /** What concerns it. Later events of a parked case that the filter lets through wait with it. */
  readonly filter?: Filter;
  /** Whose personal fields it looks at; all when left out. */
  readonly opens?: Opens;
}

/** What makes one subscriber different from another. */
export interface Subscribing extends Reads {
  /** `<service>.<name>`: the name of its checkpoint too. */
  readonly name: string;
  /**
   * Takes a page of events. What it puts into `documents` is written together with the checkpoint; whatever it does elsewhere has to bear being
   * done twice, because the page comes again after a crash and in pieces after a failure.
   */
  readonly effect: (events: NonEmpty<Recorded>, documents: UnitOfWork) => Promise<void>;
  /** Gives way to the rest of the process after each page. */
  readonly pace?: Pace;
  /** Told, not waited for, whenever everything up to a position has taken effect or did not concern it. */
  readonly seen?: (position: After, running: AbortSignal) => void;
}

export interface LogSurroundings extends Surroundings {
  readonly store: EventStore;
}

/** A position that moved only past events of others is written now and then: losing it costs a second look at them. */
const idleCheckpointMs = 5_000;
const reportEveryMs = 2_000;
/** Another process that replays, or took over, moved the checkpoint: look again and go on. More than so often is no race any more. */
const racesInARow = 50;

/** Reads the log after its checkpoint and lets each page take effect once, whatever restarts. */
export class Subscriber implements LogReaction {
  readonly name: string;
  private readonly around: ReturnType<typeof withDefaults> & LogSurroundings;
  private readonly parkedIn: string;
  private readonly turn = new Turn();
  private readonly waiters = new Waiters();
  private readonly source: LogSource;
  private readonly lane: Lane<LogItem>;
  private seen: After = 'start';
  /** Of the store, after the last page. */
  private head: After | undefined;
  private stopping: AbortController | undefined;
  private ended: Promise<void> = Promise.resolve();
  private caughtUp = false;
  private retrying = false;
  private replaying: string | undefined;
  private pending = 0;
  private lastError: string | undefined;
  private writtenAtMs = 0;
  private catchUp = { toldMs: 0, done: 0 };

  constructor(
    private readonly what: Subscribing,
    around: LogSurroundings,
  ) {
    this.name = what.name;
    this.around = { ...withDefaults(around), store: around.store };
    this.parkedIn = parkedCollection(what.name).name;
    ({ lane: this.lane, source: this.source } = this.laneOver(around.readModel));
  }

  start(): void {
    if (this.stopping) return;
    this.stopping = new AbortController();
    this.ended = this.run(this.stopping.signal);
  }

  async stop(): Promise<void> {
    this.stopping?.abort();
    await this.ended;
    this.stopping = undefined;
  }

  status(): ReactionStatus {
    return {
      name: this.name,
      reads: 'log',
      running: this.stopping !== undefined,
      caughtUp: this.caughtUp,
      seen: this.seen,
      pending: this.pending,
      parkedCases: this.lane.parked.cases,
      parkedItems: this.lane.parked.items,
      retrying: this.retrying,
      ...(this.lastError ? { lastError: this.lastError } : {}),
    };
  }

  async waitFor(position: After, timeoutMs: number): Promise<boolean> {
    if (reached(this.seen, position)) return true;
    if (this.stopping) return this.waiters.wait(position, timeoutMs);
    const { name, around } = this;
    const following = { name, filter: this.what.filter, store: around.store, readModel: around.readModel };
    return until(() => hasSeenElsewhere(following, position), { timeoutMs, sleep: around.sleep, monotonicMs: around.monotonicMs });
  }

  async parked(): Promise<readonly DeadLetter[]> {
    await this.around.readModel.declare(parkedCollection(this.name));
    return allLetters(this.around.readModel, this.parkedIn);
  }

  async replay(key: string): Promise<ReplayResult> {
    if (this.replaying !== undefined) throw new ReplayInProgress(`${this.name}: a replay is at work; wait for it`);
    this.replaying = key;
    try {
      if (!this.stopping) await this.standingStill(() => this.reload());
      let replayed = 0;
      // New events get their turn in between; those of the case queue up behind, because it stays parked until none is left.
      for (;;) {
        const replay = () => this.racing(() => this.lane.replayNext(this.around.readModel, key));
        const { outcome } = await this.standingStill(replay);
        if (outcome !== 'done') return { replayed, left: (await allLetters(this.around.readModel, this.parkedIn, key)).length };
        replayed += 1;
      }
    } finally {
      this.replaying = undefined;
    }
  }

  /** Takes up what another process parked or replayed, or left half way. Done now and then while it runs. */
  tend(): Promise<void> {
    return this.standingStill(async () => {
      if (this.lane.parked.cases === 0 && (await this.around.readModel.count(this.parkedIn)) === 0) return;
      await this.refresh();
      await this.drain();
    });
  }

  /** Does something while no event takes effect. */
  standingStill<T>(work: () => Promise<T>): Promise<T> {
    return this.turn.take(work);
  }

  /** Reads the checkpoint and the parked cases again: somebody else has written them. */
  async reload(): Promise<void> {
    const { readModel } = this.around;
    await readModel.declare(parkedCollection(this.name));
    // In this order: what is written by an older checkpoint is refused, so the letters must not be older than it.
    this.source.know(await readModel.checkpoint(this.name));
    await this.lane.parked.load(readModel, this.parkedIn);
    this.seen = this.source.stored;
  }

  /** As {@link reload}, and keeps what it has passed that did not concern it. */
  private async refresh(): Promise<void> {
    const { seen } = this;
    await this.reload();
    this.moveOn(later(seen, this.seen));
  }

  private async drain(): Promise<void> {
    for (const key of this.lane.parked.stranded())
      if (key !== this.replaying) await this.racing(() => this.lane.drain(this.around.readModel, key));
  }

  /** Does something again by what is true now, when another process wrote in between. */
  private async racing<T>(work: () => Promise<T>): Promise<T> {
    for (let races = 1; ; races += 1) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof StaleCheckpoint) || races >= racesInARow) throw error;
      }
      await this.refresh();
    }
  }

  /** The same effect over another store: a generation that is being rebuilt. */
  laneOver(store: LaneStore): { readonly lane: Lane<LogItem>; readonly source: LogSource } {
    const { clock, sleep, retry } = this.around;
    const source = new LogSource(this.name, this.around.store, store);
    const effect = this.what.effect as (items: NonEmpty<LogItem>, documents: UnitOfWork) => Promise<void>;
    const onFailure = (error: unknown) => this.note(error);
    return {
      source,
      lane: new Lane({ reaction: this.name, parkedIn: this.parkedIn, store, source, effect, clock, sleep, retry, onFailure }),
    };
  }

  private async run(signal: AbortSignal): Promise<void> {
    const tending = nowAndThen(
      () => this.tend(),
      signal,
      (error) => this.note(error),
    );
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
    await tending;
    await this.leaveCheckpoint();
  }

  private async follow(signal: AbortSignal, onSuccess: () => void): Promise<void> {
    await this.standingStill(async () => {
      await this.reload();
      await this.drain();
    });
    const now = this.around.monotonicMs();
    this.catchUp = { toldMs: now, done: 0 };
    for await (const entry of this.around.store.subscribe(this.seen, this.what.filter, signal, this.what.opens)) {
      const beganMs = this.around.monotonicMs();
      await this.standingStill(() => ('caughtUp' in entry ? this.mark(entry) : this.takePage(entry, signal)));
      onSuccess();
      this.retrying = false;
      if (!('caughtUp' in entry)) await this.giveWay(this.around.monotonicMs() - beganMs, signal);
    }
  }

  /** To who appends; where nobody does, what is left is taken as fast as it can be. */
  private async giveWay(workedMs: number, signal: AbortSignal): Promise<void> {
    if (!this.what.pace) return;
    const before = this.head;
    this.head = await this.around.store.head();
    if (before !== undefined && before !== this.head) await this.what.pace.rest(workedMs, signal);
  }

  /** Events of others that were passed since the last write. What is lost if this fails is a second look at them. */
  private async leaveCheckpoint(): Promise<void> {
    const { seen, source } = this;
    if (seen === source.stored || !reached(seen, source.stored)) return;
    await this.standingStill(() => source.moveTo(seen)).catch(() => undefined);
  }

  private async takePage(page: readonly LogItem[], signal: AbortSignal): Promise<void> {
    const taken = await this.racing(() => this.takeNew(page, signal));
    if (taken === 0) return;
    this.writtenAtMs = this.around.monotonicMs();
    this.moveOn(this.source.stored);
    await this.tellProgress(taken);
    await this.drain();
  }

  private async takeNew(page: readonly LogItem[], signal: AbortSignal): Promise<number> {
    // A rebuild, or another process, may have moved on in the meantime.
    const seen = later(this.seen, this.source.stored);
    const [first, ...rest] = page.filter((item) => !reached(seen, positionOf(item)));
    if (first === undefined) return 0;
    this.pending = 1 + rest.length;
    try {
      await this.lane.take([first, ...rest], signal);
    } finally {
      this.pending = 0;
    }
    return 1 + rest.length;
  }

  private async mark({ position }: CaughtUp): Promise<void> {
    this.caughtUp = true;
    const now = this.around.monotonicMs();
    const to = later(position, this.seen);
    if (to !== this.source.stored && now - this.writtenAtMs > idleCheckpointMs) {
      await this.source.moveTo(to);
      this.writtenAtMs = now;
    }
    this.moveOn(to);
  }

  private moveOn(seen: After): void {
    this.seen = seen;
    this.waiters.tell(seen);
    if (this.stopping) this.what.seen?.(seen, this.stopping.signal);
  }

  private async tellProgress(events: number): Promise<void> {
    this.catchUp.done += events;
    const now = this.around.monotonicMs();
    if (this.caughtUp || !this.around.report || now - this.catchUp.toldMs < reportEveryMs) return;
    this.catchUp.toldMs = now;
    this.around.report({
      reaction: this.name,
      doing: 'catch-up',
      done: this.catchUp.done,
      position: this.seen,
      head: await this.around.store.head(),
    });
  }

  private note(error: unknown): void {
    this.lastError = error instanceof Error ? error.name : typeof error;
    this.around.onFailure?.(this.name, error);
  }
}
