import { BackgroundTask, pauseMs, runPeriodically } from '@waymark/async';
import type { AnyContract, NonEmpty } from '@waymark/kernel';
import type { Bus, Committed, Delivery, Message, Refusal, GroupOffsets, Subscription, CommittedOffsets } from '@waymark/messaging';
import { PartitionProcessor } from './partition-processor.js';
import { PartitionProcessors } from './partition-processors.js';
import { BusSource } from './bus-source.js';
import { ContractReader, type MessageOf, type Taking } from './contract-reader.js';
import { letterOfRefused, parkedCollection, splitName, type DeadLetter } from '../core/dead-letter.js';
import { Fence } from './fence.js';
import { Inbox } from './inbox.js';
import { BatchProcessor } from '../core/batch-processor.js';
import { PassedOver } from './passed-over.js';
import {
  withDefaults,
  type PassedOverBecause,
  type BusReaction,
  type ReactionStatus,
  type ReplayResult,
  type ReactionDeps,
} from '../core/reaction.js';
import { Replays } from '../core/replays.js';
import { foreverRetry } from '../core/retries.js';
import { TakenTypes } from './taken-types.js';
import type { UnitOfWork } from '../core/unit-of-work.js';

export interface Consuming<C extends AnyContract = AnyContract> extends Taking<C> {
  /** `<service>.<name>`: the consumer group too. */
  readonly name: string;
  /** Takes messages in order, each once. What it does elsewhere than in `documents` has to be idempotent. */
  readonly effect: (messages: NonEmpty<MessageOf<C>>, documents: UnitOfWork) => Promise<void>;
}

export interface ConsumerDeps extends ReactionDeps {
  /**
   * Where the event log ends whose positions the messages of all services carry. Where it is given, a message that was recorded after a partition came to this
   * process is known for new without asking the store.
   */
  readonly head?: () => Promise<string>;
  /**
   * Told of the partitions that are read from the beginning again, since the store does not have what was written to it when their offsets were committed: it
   * was put back from an older backup, or begun anew.
   */
  readonly onReadAgain?: (consumer: string, partitions: readonly number[]) => void;
  /** Told once of each type that nobody here knows, when the first message of it is passed over. */
  readonly onPassedOver?: (consumer: string, type: string, because: PassedOverBecause) => void;
}

/** What other processes parked, replayed or left half way is looked for so often. */
const tendEveryMs = 10_000;

/** Reads the bus in a group of its own and lets each message take effect once; a case that fails is parked as on the log. */
export class Consumer<C extends AnyContract = AnyContract> implements BusReaction {
  readonly name: string;
  readonly topics: readonly string[];
  private readonly deps: ReturnType<typeof withDefaults> & Pick<ConsumerDeps, 'head'>;
  private readonly onReadAgain: (partitions: readonly number[]) => void;
  private readonly types: TakenTypes;
  private readonly passedOver: PassedOver;
  private readonly running = new BackgroundTask((signal) => this.run(signal));
  private readonly replays: Replays;
  private readonly processors: PartitionProcessors;
  private retrying = false;
  private joined = false;
  private lastError: string | undefined;

  constructor(
    private readonly consuming: Consuming<C>,
    private readonly bus: Bus,
    deps: ConsumerDeps,
  ) {
    this.name = consuming.name;
    splitName(consuming.name);
    this.deps = { ...withDefaults(deps), ...(deps.head ? { head: deps.head } : {}) };
    this.onReadAgain = (partitions) => deps.onReadAgain?.(consuming.name, partitions);
    this.replays = new Replays(consuming.name, this.deps.readModel);
    this.topics = new ContractReader(consuming.name, consuming).topics;
    const { readModel, head } = this.deps;
    const { name: consumer, handles } = consuming;
    this.types = new TakenTypes(
      consumer,
      handles.map(({ type }) => String(type)),
      readModel,
    );
    this.passedOver = new PassedOver(consuming, (type, because) => deps.onPassedOver?.(consumer, type, because));
    const { types } = this;
    const inbox = new Inbox(consumer, readModel, types);
    this.processors = new PartitionProcessors({
      consumer,
      bus,
      readModel,
      inbox,
      types,
      head,
      make: (partition) => this.processorOf(partition),
    });
  }

  start(): void {
    this.running.start();
  }

  stop(): Promise<void> {
    return this.running.stop();
  }

  async lag(): Promise<number> {
    return this.isStarting ? Infinity : this.bus.lag(this.name);
  }

  async groupOffsets(): Promise<GroupOffsets | undefined> {
    return this.isStarting ? undefined : this.bus.groupOffsets(this.name);
  }

  async committedOffsets(): Promise<CommittedOffsets | undefined> {
    return this.isStarting ? undefined : this.bus.committedOffsets(this.name);
  }

  /** The bus knows nothing of a group before it joined, and nothing is not the same as nothing left. */
  private get isStarting(): boolean {
    return this.running.signal !== undefined && !this.joined;
  }

  status(): ReactionStatus {
    const running = this.running.signal !== undefined;
    return {
      name: this.name,
      reads: 'bus',
      running,
      caughtUp: running && !this.isRetrying,
      seen: 'start',
      pending: this.processors.pending,
      parkedCases: this.processors.parkedCases,
      parkedItems: this.processors.parkedItems,
      retrying: this.isRetrying,
      passedOver: this.passedOver.list(),
      ...(this.lastError ? { lastError: this.lastError } : {}),
    };
  }

  parked(): Promise<readonly DeadLetter[]> {
    return this.replays.letters();
  }

  replay(key: string): Promise<ReplayResult> {
    return this.replays.run(key, {
      begin: async () => (this.running.signal ? undefined : this.processors.prepare()),
      next: () => this.processors.replayNext(key),
    });
  }

  /** Takes up what another process parked or replayed, or left half way. Done every ten seconds while it runs. */
  tend(): Promise<void> {
    return this.processors.tend();
  }

  private get isRetrying(): boolean {
    return this.retrying || this.processors.failing;
  }

  private processorOf(partition: number): PartitionProcessor {
    const { name: consumer, bus } = this;
    const { readModel, clock, sleep, retry } = this.deps;
    const inbox = new Inbox(consumer, readModel, this.types);
    const reader = new ContractReader(consumer, this.consuming, this.passedOver);
    const fence = new Fence(consumer, partition, readModel);
    const passesOver = (message: Message) => reader.passesOver(message);
    const unusable = (message: Message) => reader.unusable(message);
    const source = new BusSource({ consumer, bus, store: readModel, inbox, fence, passesOver, unusable });
    const effect = (deliveries: NonEmpty<Delivery>, documents: UnitOfWork) =>
      this.consuming.effect(deliveries.map(({ message }) => reader.typed(message)) as unknown as NonEmpty<MessageOf<C>>, documents);
    const onFailure = (error: unknown) => this.fail(error);
    const parkedIn = parkedCollection(consumer).name;
    const processor = new BatchProcessor({
      reaction: consumer,
      parkedIn,
      store: readModel,
      source,
      effect,
      clock,
      sleep,
      retry,
      onFailure,
    });
    return new PartitionProcessor({
      ...{ processor, fence, inbox, readModel, parkedIn, head: this.deps.head },
      passesOver,
      onTry: () => reader.forget(),
      isMine: (key) => bus.partitionOf(key) === partition,
      isReplayed: (key) => this.replays.isAt(key),
    });
  }

  private async run(signal: AbortSignal): Promise<void> {
    const tending = runPeriodically(() => this.tend(), { everyMs: tendEveryMs, signal, onFailure: (error) => this.fail(error) });
    for (let failures = 0; !signal.aborted;) {
      try {
        await this.processors.prepare();
        const consuming = this.bus.consume(this.subscription(), (batch) => this.processors.take(batch, signal), signal);
        this.joined = true;
        failures = 0;
        await consuming;
      } catch (error) {
        this.fail(error);
        this.retrying = true;
      }
      failures += 1;
      if (!signal.aborted) await this.deps.sleep(pauseMs(foreverRetry, failures), signal);
    }
    await tending;
  }

  private subscription(): Subscription {
    return {
      group: this.name,
      topics: this.topics,
      assigned: (committed) => this.takeOver(committed),
      refused: (refusal) => this.keepRefused(refusal),
    };
  }

  /** The bus has given it its part: whatever kept it from that is over, though no message may come for long. */
  private async takeOver(committed: Committed): Promise<readonly number[]> {
    const behind = await this.processors.behind(committed);
    await this.processors.reload();
    this.retrying = false;
    // The marks in the store know what of it was taken.
    if (behind.length > 0) this.onReadAgain(behind);
    return behind;
  }

  private async keepRefused(refusal: Refusal): Promise<void> {
    const letter = letterOfRefused(this.name, refusal, this.deps.clock.now());
    await this.deps.readModel.write({ changes: [{ put: letter, in: parkedCollection(this.name).name }], durable: true });
  }

  private fail(error: unknown): void {
    this.lastError = error instanceof Error ? error.name : typeof error;
    this.deps.onFailure?.(this.name, error);
  }
}
