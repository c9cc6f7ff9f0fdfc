import type { NonEmpty } from '@waymark/kernel';
import type { Bus, Delivery, Message } from '@waymark/messaging';
import type { ReadModelStore } from '@waymark/read-model';
import type { BusSource } from './bus-source.js';
import { parkedCollection } from './dead-letter.js';
import type { Fences } from './fences.js';
import type { Inbox } from './inbox.js';
import type { Lane, Replayed } from './lane.js';
import { racing } from './racing.js';

export interface BusLaneOptions {
  readonly lane: Lane<Delivery>;
  readonly source: BusSource;
  readonly inbox: Inbox;
  readonly fences: Fences;
  readonly bus: Pick<Bus, 'partitionOf'>;
  readonly readModel: ReadModelStore;
  readonly ignores: (message: Message) => boolean;
  /** Called before each try at a batch. */
  readonly onTry: () => void;
  /** Whether a case is being replayed here: then nobody else drains it. */
  readonly isReplayed: (key: string) => boolean;
}

/**
 * The lane of a consumer. Its group shares partitions out anew, and a replay may be commanded on any process: what rests on what was true of a
 * partition before is refused behind its fence, and done again by what is true now. The caller sees to it that one thing at a time is asked of it.
 */
export class BusLane {
  private readonly parkedIn: string;
  private taking = 0;

  constructor(
    private readonly name: string,
    private readonly options: BusLaneOptions,
  ) {
    this.parkedIn = parkedCollection(name).name;
  }

  get parked(): Lane<Delivery>['parked'] {
    return this.options.lane.parked;
  }

  /** Messages at hand that have not taken effect yet. */
  get pending(): number {
    return this.taking;
  }

  /** Makes the collections where they are missing, and takes up what was left. */
  async prepare(): Promise<void> {
    await this.options.readModel.declare(parkedCollection(this.name));
    await this.options.inbox.declare();
    await this.reload();
    await this.drain();
  }

  /** Somebody else may have owned the partitions since, or replayed. */
  async reload(): Promise<void> {
    this.options.fences.forget();
    await this.parked.load(this.options.readModel, this.parkedIn);
  }

  /** Takes what is new of a batch. @throws what concerns every message; the bus brings the batch again */
  async take(batch: NonEmpty<Delivery>, signal: AbortSignal): Promise<void> {
    try {
      await this.fenced(batch[0].message.key, () => this.takeNew(batch, signal));
      await this.drain();
    } finally {
      this.taking = 0;
    }
  }

  replayNext(key: string): Promise<Replayed> {
    return this.fenced(key, () => this.options.lane.replayNext(this.options.readModel, key));
  }

  /** Takes up what another process parked or replayed, or left half way. */
  async tend(): Promise<void> {
    if (this.parked.cases === 0 && (await this.options.readModel.count(this.parkedIn)) === 0) return;
    await this.reload();
    await this.drain();
  }

  /** Lets take effect what waits behind nothing any more. */
  private async drain(): Promise<void> {
    const { lane, readModel, isReplayed } = this.options;
    for (const key of this.parked.stranded()) if (!isReplayed(key)) await this.fenced(key, () => lane.drain(readModel, key));
  }

  /** Works on the partition of a key by what is true of it now. */
  private fenced<T>(key: string, work: () => Promise<T>): Promise<T> {
    const { bus, source, fences, readModel, onTry } = this.options;
    const partition = bus.partitionOf(key);
    source.turnTo(partition);
    const attempt = async () => {
      onTry();
      // In this order: what is written behind an older fence is refused, so the letters must not be older than it.
      if (!fences.knows(partition)) {
        await fences.read(partition);
        await this.parked.load(readModel, this.parkedIn);
      }
      return work();
    };
    return racing(attempt, async () => fences.forget());
  }

  private async takeNew(batch: readonly Delivery[], signal: AbortSignal): Promise<void> {
    const { inbox, lane, ignores } = this.options;
    const [first, ...rest] = await inbox.fresh(batch.filter(({ message }) => !ignores(message)));
    if (!first) return;
    this.taking = 1 + rest.length;
    await lane.take([first, ...rest], signal);
  }
}
