import { Mutex } from '@waymark/async';
import { isNonEmpty, type NonEmpty } from '@waymark/kernel';
import type { Delivery, Message } from '@waymark/messaging';
import type { ReadModelStore } from '@waymark/read-model';
import type { Fence } from './fence.js';
import type { Inbox } from './inbox.js';
import type { BatchProcessor, Replayed } from '../core/batch-processor.js';
import { retryOnStaleCheckpoint } from '../core/retries.js';

export interface PartitionProcessorOptions {
  readonly processor: BatchProcessor<Delivery>;
  readonly fence: Fence;
  readonly inbox: Inbox;
  readonly readModel: ReadModelStore;
  readonly parkedIn: string;
  /** Where the event log ends that all messages come from. */
  readonly head: (() => Promise<string>) | undefined;
  readonly passesOver: (message: Message) => boolean;
  /** Called before each try at a batch. */
  readonly onTry: () => void;
  /** Whether a key is of this partition. */
  readonly isMine: (key: string) => boolean;
  /** Whether a case is being replayed here: then nobody else drains it. */
  readonly isReplayed: (key: string) => boolean;
}

/**
 * The processor of one partition of a consumer: one thing at a time, beside those of other partitions. Its group shares partitions out anew, and a replay may be
 * commanded on any process: what rests on what was true of the partition before is refused behind its fence, and done again by what is true now.
 */
export class PartitionProcessor {
  private readonly mutex = new Mutex();
  private taking = 0;
  private failed = false;

  constructor(private readonly options: PartitionProcessorOptions) {}

  get parked(): BatchProcessor<Delivery>['parked'] {
    return this.options.processor.parked;
  }

  /** Messages at hand that have not taken effect yet. */
  get pending(): number {
    return this.taking;
  }

  /** Whether the last batch failed as a whole, and is brought again. */
  get failing(): boolean {
    return this.failed;
  }

  /**
   * Takes what is new of a batch.
   * @returns where the fence stands then, for the bus to keep
   * @throws what concerns every message; the bus brings the batch again
   */
  take(batch: NonEmpty<Delivery>, signal: AbortSignal): Promise<string | undefined> {
    return this.mutex.run(async () => {
      try {
        await this.fenced(() => this.takeNew(batch, signal));
        await this.drain();
        this.failed = false;
        return this.options.fence.note;
      } catch (error) {
        this.failed = true;
        throw error;
      } finally {
        this.taking = 0;
      }
    });
  }

  /** The partitions were shared out anew: somebody else may have owned this one since, or replayed, and what failed here need not come here again. */
  reload(): Promise<void> {
    return this.mutex.run(async () => {
      await this.reloadNow();
      this.failed = false;
    });
  }

  /** Takes up what another process parked or replayed, or left half way. */
  takeUp(): Promise<void> {
    return this.mutex.run(async () => {
      await this.reloadNow();
      await this.drain();
    });
  }

  /** The same at a start, when this build may know what an earlier one did not. */
  begin(): Promise<void> {
    return this.mutex.run(async () => {
      await this.reloadNow();
      const { processor, readModel } = this.options;
      for (const key of this.parked.unknown()) await this.fenced(() => processor.takeUnknown(readModel, key));
      await this.drain();
    });
  }

  replayNext(key: string): Promise<Replayed> {
    return this.mutex.run(() => this.fenced(() => this.options.processor.replayNext(this.options.readModel, key)));
  }

  private async reloadNow(): Promise<void> {
    this.forget();
    await this.loadParked();
  }

  private forget(): void {
    this.options.fence.forget();
    this.options.inbox.forget();
  }

  private loadParked(): Promise<void> {
    const { readModel, parkedIn, isMine } = this.options;
    return this.parked.load(readModel, parkedIn, isMine);
  }

  /** In this order, too: what others took before the fence was read was recorded before that. */
  private async beginInbox(): Promise<void> {
    const { inbox, head } = this.options;
    // A log that cannot answer is no hindrance: every message is looked up.
    const position = await head?.().catch(() => undefined);
    if (position !== undefined) inbox.begin(position);
  }

  /** Lets take effect what waits behind nothing any more. */
  private async drain(): Promise<void> {
    const { processor, readModel, isReplayed } = this.options;
    for (const key of this.parked.stranded()) if (!isReplayed(key)) await this.fenced(() => processor.drain(readModel, key));
  }

  /** Works by what is true of the partition now. */
  private fenced<T>(work: () => Promise<T>): Promise<T> {
    const { fence, onTry } = this.options;
    const attempt = async () => {
      onTry();
      // In this order: what is written behind an older fence is refused, so the letters must not be older than it.
      if (!fence.isKnown) {
        await fence.read();
        await this.loadParked();
        await this.beginInbox();
      }
      return work();
    };
    return retryOnStaleCheckpoint(attempt, async () => this.forget());
  }

  private async takeNew(batch: readonly Delivery[], signal: AbortSignal): Promise<void> {
    const { inbox, processor, passesOver } = this.options;
    const fresh = await inbox.fresh(batch.filter(({ message }) => !passesOver(message)));
    if (!isNonEmpty(fresh)) return;
    this.taking = fresh.length;
    await processor.take(fresh, signal);
  }
}
