import { isNonEmpty } from '@waymark/kernel';
import type { ReadModelStore } from '@waymark/read-model';
import { parkedCollection } from '../core/dead-letter.js';
import type { SubscriptionProgress } from './subscription-progress.js';
import type { BatchProcessor, Replayed } from '../core/batch-processor.js';
import type { LogItem, LogSource } from './log-source.js';
import { retryOnStaleCheckpoint } from '../core/retries.js';

export interface LogProcessorOptions {
  readonly processor: BatchProcessor<LogItem>;
  readonly source: LogSource;
  readonly progress: SubscriptionProgress;
  readonly readModel: ReadModelStore;
  /** Whether a case is being replayed here: then nobody else drains it. */
  readonly isReplayed: (key: string) => boolean;
}

/**
 * The serving processor of a subscriber, which other processes write past: one that takes over, one that replays. What rests on what was true before is
 * refused by the store, and done again by what is true now. The caller sees to it that one thing at a time is asked of it.
 */
export class LogProcessor {
  private readonly parkedIn: string;
  private taking = 0;

  constructor(
    private readonly name: string,
    private readonly options: LogProcessorOptions,
  ) {
    this.parkedIn = parkedCollection(name).name;
  }

  get parked(): BatchProcessor<LogItem>['parked'] {
    return this.options.processor.parked;
  }

  /** Events at hand that have not taken effect yet. */
  get pending(): number {
    return this.taking;
  }

  /** Reads the checkpoint and the parked cases again: somebody else has written them. */
  async reload(): Promise<void> {
    const { readModel, source, progress } = this.options;
    await readModel.declare(parkedCollection(this.name));
    // In this order: what is written by an older checkpoint is refused, so the letters must not be older than it.
    source.know(await readModel.checkpoint(this.name));
    await this.parked.load(readModel, this.parkedIn);
    progress.toCheckpoint();
  }

  /** @returns how many of the page were new */
  async take(page: readonly LogItem[], signal: AbortSignal): Promise<number> {
    const taken = await this.retried(() => this.takeNew(page, signal));
    if (taken > 0) this.options.progress.took();
    return taken;
  }

  /** Writes down how far it has come. */
  storeCheckpoint(): Promise<void> {
    return this.retried(() => this.options.progress.store());
  }

  replayNext(key: string): Promise<Replayed> {
    return this.retried(() => this.options.processor.replayNext(this.options.readModel, key));
  }

  /** Lets take effect what waits behind nothing any more. */
  async drain(): Promise<void> {
    const { processor, readModel, isReplayed } = this.options;
    for (const key of this.parked.stranded()) if (!isReplayed(key)) await this.retried(() => processor.drain(readModel, key));
  }

  /** Takes up what another process parked or replayed, or left half way. */
  async tend(): Promise<void> {
    if (this.parked.cases === 0 && (await this.options.readModel.count(this.parkedIn)) === 0) return;
    await this.refresh();
    await this.drain();
  }

  /** As {@link reload}, and keeps what was passed that did not concern it. */
  private async refresh(): Promise<void> {
    const { seen } = this.options.progress;
    await this.reload();
    this.options.progress.moveOn(seen);
  }

  private retried<T>(work: () => Promise<T>): Promise<T> {
    return retryOnStaleCheckpoint(work, () => this.refresh());
  }

  private async takeNew(page: readonly LogItem[], signal: AbortSignal): Promise<number> {
    const ahead = this.options.progress.ahead(page);
    if (!isNonEmpty(ahead)) return 0;
    this.taking = ahead.length;
    try {
      await this.options.processor.take(ahead, signal);
    } finally {
      this.taking = 0;
    }
    return ahead.length;
  }
}
