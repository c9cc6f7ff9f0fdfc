import { BackgroundTask, Mutex, pauseMs, pollUntil, runPeriodically } from '@waymark/async';
import type { After } from '@waymark/event-store';
import type { NonEmpty } from '@waymark/kernel';
import { StaleCheckpoint } from '@waymark/read-model';
import { CatchUp } from './catch-up.js';
import { parkedCollection, type DeadLetter } from '../core/dead-letter.js';
import { Interrupted } from '../core/failure.js';
import { SubscriptionProgress } from './subscription-progress.js';
import { BatchProcessor, type ProcessorStore } from '../core/batch-processor.js';
import { LogProcessor } from './log-processor.js';
import { LogSource, type LogItem } from './log-source.js';
import { DeferredCheckpoint } from './deferred-checkpoint.js';
import { reached } from '../core/checkpoint.js';
import { withDefaults, type LogReaction, type ReactionStatus, type ReplayResult } from '../core/reaction.js';
import { Replays } from '../core/replays.js';
import { foreverRetry } from '../core/retries.js';
import { hasReachedRemotely } from './remote-progress.js';
import type { LogReactionDeps, LogSubscription } from './log-subscription.js';

import type { UnitOfWork } from '../core/unit-of-work.js';

/** What other processes parked, replayed or left half way is looked for so often. */
const tendEveryMs = 10_000;

/** Reads the log after its checkpoint and lets each page take effect once, whatever restarts. */
export class Subscriber implements LogReaction {
  readonly name: string;
  readonly publishes?: readonly string[];
  private readonly deps: ReturnType<typeof withDefaults> & LogReactionDeps;
  private readonly mutex = new Mutex();
  private readonly running = new BackgroundTask((signal) => this.run(signal));
  private readonly replays: Replays;
  private readonly progress: SubscriptionProgress;
  private readonly processor: LogProcessor;
  private readonly catchUp: CatchUp;
  private readonly checkpoint: DeferredCheckpoint;
  /** Of the store after the last page, where the throttle is short of time. */
  private head: After | undefined;
  private retrying = false;
  private lastError: string | undefined;

  constructor(
    private readonly subscription: LogSubscription,
    deps: LogReactionDeps,
  ) {
    const { name } = subscription;
    this.name = name;
    if (subscription.publishes) this.publishes = subscription.publishes;
    this.deps = { ...withDefaults(deps), store: deps.store };
    const { readModel, monotonicMs } = this.deps;
    const { processor, source } = this.processorOver(readModel);
    const onMove = (seen: After) => this.running.signal && subscription.seen?.(seen, this.running.signal);
    this.replays = new Replays(name, readModel);
    this.progress = new SubscriptionProgress({ source, monotonicMs, onMove });
    const isReplayed = (key: string) => this.replays.isAt(key);
    this.processor = new LogProcessor(name, { processor, source, progress: this.progress, readModel, isReplayed });
    this.catchUp = new CatchUp(name, this.deps);
    this.checkpoint = new DeferredCheckpoint({
      withinMs: subscription.checkpointWithinMs ?? 0,
      sleep: this.deps.sleep,
      isStored: () => this.progress.isStored,
      store: () => this.whileIdle(() => this.processor.storeCheckpoint()),
      onFailure: (error) => this.fail(error),
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
      seen: this.progress.seen,
      pending: this.processor.pending,
      parkedCases: this.processor.parked.cases,
      parkedItems: this.processor.parked.items,
      retrying: this.retrying,
      ...(this.lastError ? { lastError: this.lastError } : {}),
    };
  }

  async waitFor(position: After, timeoutMs: number): Promise<boolean> {
    if (reached(this.progress.seen, position)) return true;
    if (this.running.signal) return this.progress.waitFor(position, timeoutMs);
    const { name, deps } = this;
    const following = { name, filter: this.subscription.filter, store: deps.store, readModel: deps.readModel };
    return pollUntil(() => hasReachedRemotely(following, position), { timeoutMs, sleep: deps.sleep, monotonicMs: deps.monotonicMs });
  }

  parked(): Promise<readonly DeadLetter[]> {
    return this.replays.letters();
  }

  replay(key: string): Promise<ReplayResult> {
    return this.replays.run(key, {
      begin: async () => (this.running.signal ? undefined : this.whileIdle(() => this.reload())),
      next: () => this.whileIdle(() => this.processor.replayNext(key)),
    });
  }

  /** Takes up what another process parked or replayed, or left half way. Done every ten seconds while it runs. */
  tend(): Promise<void> {
    return this.whileIdle(() => this.processor.tend());
  }

  /** Does something while no event is processed. */
  whileIdle<T>(work: () => Promise<T>): Promise<T> {
    return this.mutex.run(work);
  }

  /** Reads the checkpoint and the parked cases again: somebody else has written them. */
  reload(): Promise<void> {
    return this.processor.reload();
  }

  /** The same effect over another store: a generation that is being rebuilt. */
  processorOver(store: ProcessorStore): { readonly processor: BatchProcessor<LogItem>; readonly source: LogSource } {
    const { name: reaction } = this;
    const { clock, sleep, retry } = this.deps;
    const notesLater = this.subscription.checkpointWithinMs !== undefined;
    const source = new LogSource({ subscriber: reaction, events: this.deps.store, store, notesLater });
    const effect = this.subscription.effect as (items: NonEmpty<LogItem>, documents: UnitOfWork) => Promise<void>;
    const onFailure = (error: unknown) => this.fail(error);
    const parkedIn = parkedCollection(reaction).name;
    return { source, processor: new BatchProcessor({ reaction, parkedIn, store, source, effect, clock, sleep, retry, onFailure }) };
  }

  private async run(signal: AbortSignal): Promise<void> {
    const tending = runPeriodically(() => this.tend(), { everyMs: tendEveryMs, signal, onFailure: (error) => this.fail(error) });
    for (let failures = 1; !signal.aborted; failures += 1) {
      try {
        await this.follow(signal, () => (failures = 0));
      } catch (error) {
        if (error instanceof Interrupted) break;
        if (!(error instanceof StaleCheckpoint)) this.fail(error);
        this.retrying = true;
      }
      if (!signal.aborted) await this.deps.sleep(pauseMs(foreverRetry, Math.max(failures, 1)), signal);
    }
    await Promise.all([tending, this.checkpoint.idle()]);
    // What is lost if this fails is a second look at events of others, and a repeat of what is idempotent.
    await this.whileIdle(() => this.processor.storeCheckpoint()).catch(() => undefined);
  }

  private async follow(signal: AbortSignal, onSuccess: () => void): Promise<void> {
    await this.whileIdle(async () => {
      await this.reload();
      await this.processor.drain();
    });
    this.catchUp.begin();
    let worked = false;
    for await (const entry of this.deps.store.subscribe(this.progress.seen, this.subscription.filter, signal, this.subscription.opens)) {
      const beganMs = this.deps.monotonicMs();
      const atHead = 'caughtUp' in entry;
      await this.whileIdle(() => (atHead ? this.reachHead(entry.position) : this.takePage(entry, signal)));
      onSuccess();
      this.retrying = false;
      if (!atHead) await this.giveWay(this.deps.monotonicMs() - beganMs, signal);
      else if (worked) await this.rest(signal);
      worked = !atHead;
    }
  }

  private reachHead(position: After): Promise<void> {
    this.catchUp.end();
    return this.progress.passed(position);
  }

  private async takePage(page: readonly LogItem[], signal: AbortSignal): Promise<void> {
    const taken = await this.processor.take(page, signal);
    if (taken === 0) return;
    this.checkpoint.soon(signal);
    await this.catchUp.took(taken, this.progress.seen);
    await this.processor.drain();
  }

  private async rest(signal: AbortSignal): Promise<void> {
    const { restMs } = this.subscription;
    if (restMs !== undefined) await this.deps.sleep(restMs, AbortSignal.any([signal, this.progress.awaited()]));
  }

  /** To who appends; where nobody does, what is left is taken as fast as it can be. */
  private async giveWay(workedMs: number, signal: AbortSignal): Promise<void> {
    const { throttle } = this.subscription;
    const before = this.head;
    this.head = throttle?.isBusy() ? await this.deps.store.head() : undefined;
    if (before !== undefined && this.head !== undefined && before !== this.head) await throttle?.rest(workedMs, signal);
  }

  private fail(error: unknown): void {
    this.lastError = error instanceof Error ? error.name : typeof error;
    this.deps.onFailure?.(this.name, error);
  }
}
