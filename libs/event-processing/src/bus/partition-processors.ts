import type { NonEmpty } from '@waymark/kernel';
import type { Bus, Committed, Delivery } from '@waymark/messaging';
import type { ReadModelStore } from '@waymark/read-model';
import type { PartitionProcessor } from './partition-processor.js';
import { parkedCollection } from '../core/dead-letter.js';
import { fenceName, isBehind } from './fence.js';
import type { Inbox } from './inbox.js';
import type { Replayed } from '../core/batch-processor.js';
import { allLetters } from '../core/parked-cases.js';
import type { TakenTypes } from './taken-types.js';

export interface PartitionProcessorsOptions {
  readonly consumer: string;
  readonly bus: Pick<Bus, 'partitionOf'>;
  readonly readModel: ReadModelStore;
  readonly inbox: Inbox;
  readonly types: TakenTypes;
  /** Where the record of all sources ends. */
  readonly head: (() => Promise<string>) | undefined;
  readonly make: (partition: number) => PartitionProcessor;
}

/** The processors of a consumer, one for each partition of which it has seen anything: what the bus keeps in order is all that has to wait for each other. */
export class PartitionProcessors {
  private readonly processors = new Map<number, PartitionProcessor>();

  constructor(private readonly options: PartitionProcessorsOptions) {}

  /** Messages at hand that have not taken effect yet. */
  get pending(): number {
    return this.sum(({ pending }) => pending);
  }

  get parkedCases(): number {
    return this.sum(({ parked }) => parked.cases);
  }

  get parkedItems(): number {
    return this.sum(({ parked }) => parked.items);
  }

  get failing(): boolean {
    return this.all().some(({ failing }) => failing);
  }

  /** Makes the collections where they are missing, and takes up what was left. */
  async prepare(): Promise<void> {
    const { readModel, inbox, types, head, consumer } = this.options;
    await readModel.declare(parkedCollection(consumer));
    await inbox.declare();
    await types.load(head);
    await this.takeUp((processor) => processor.begin());
  }

  /** Somebody else may have owned the partitions since, or replayed. */
  async reload(): Promise<void> {
    await Promise.all(this.all().map((processor) => processor.reload()));
  }

  /** The partitions, of those of which something was committed, whose writes the store does not have as they were then. */
  async behind(committed: Committed): Promise<readonly number[]> {
    const { readModel, consumer } = this.options;
    const found = await Promise.all(
      Array.from(committed, async ([partition, noted]) =>
        isBehind(await readModel.checkpoint(fenceName(consumer, partition)), noted) ? [partition] : [],
      ),
    );
    return found.flat();
  }

  /** @param batch of one partition. @returns what the bus keeps of it. @throws what concerns every message; the bus brings the batch again */
  take(batch: NonEmpty<Delivery>, signal: AbortSignal): Promise<string | undefined> {
    return this.of(batch[0].message.key).take(batch, signal);
  }

  replayNext(key: string): Promise<Replayed> {
    return this.of(key).replayNext(key);
  }

  /** Takes up what another process parked or replayed, or left half way. */
  async tend(): Promise<void> {
    const { readModel, consumer } = this.options;
    if (this.parkedCases === 0 && (await readModel.count(parkedCollection(consumer).name)) === 0) return;
    await this.takeUp((processor) => processor.takeUp());
  }

  private async takeUp(each: (processor: PartitionProcessor) => Promise<void>): Promise<void> {
    const { readModel, consumer } = this.options;
    // Also of partitions of which nothing has arrived here.
    for (const { key, because } of await allLetters(readModel, parkedCollection(consumer).name)) if (because !== 'foreign') this.of(key);
    await Promise.all(this.all().map(each));
  }

  private of(key: string): PartitionProcessor {
    const partition = this.options.bus.partitionOf(key);
    const processor = this.processors.get(partition) ?? this.options.make(partition);
    this.processors.set(partition, processor);
    return processor;
  }

  private all(): readonly PartitionProcessor[] {
    return [...this.processors.values()];
  }

  private sum(of: (processor: PartitionProcessor) => number): number {
    return this.all().reduce((sum, processor) => sum + of(processor), 0);
  }
}
