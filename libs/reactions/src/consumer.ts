import type { AnyContract, NonEmpty, PublishedOf } from '@waymark/kernel';
import type { Bus, Delivery, Message, Refusal, Subscription } from '@waymark/messaging';
import { StaleCheckpoint } from '@waymark/read-model';
import { BusSource } from './bus-source.js';
import { parkedCollection, splitName, type DeadLetter } from './dead-letter.js';
import { Fences } from './fences.js';
import { Inbox } from './inbox.js';
import { Lane, ReplayInProgress, type Source } from './lane.js';
import { nowAndThen } from './now-and-then.js';
import { allLetters } from './parked-cases.js';
import { withDefaults, type BusReaction, type ReactionStatus, type ReplayResult, type Surroundings } from './reaction.js';
import { foreverRetry, pauseMs } from './retry.js';
import { Turn } from './turn.js';
import type { Documents, UnitOfWork } from './unit-of-work.js';

export type MessageOf<C extends AnyContract> = C extends AnyContract
  ? PublishedOf<C> extends { type: infer T; data: infer D }
    ? Omit<Message, 'type' | 'data'> & { readonly type: T; readonly data: D }
    : never
  : never;

export interface Consuming<C extends AnyContract = AnyContract> {
  /** `<service>.<name>`: the consumer group too. */
  readonly name: string;
  readonly handles: readonly C[];
  /** Types on the same topics that do not concern it. Any other unknown type parks its case: a new contract is an answer owed, not noise. */
  readonly ignores?: readonly AnyContract[];
  /** Takes messages in order, each once. What it does elsewhere than in `documents` has to bear being done twice. */
  readonly effect: (messages: NonEmpty<MessageOf<C>>, documents: Documents) => Promise<void>;
}

/** More than so often is no race any more. */
const racesInARow = 50;

/** Reads the bus in a group of its own and lets each message take effect once; a case that fails is parked as on the log. */
export class Consumer<C extends AnyContract = AnyContract> implements BusReaction {
  readonly name: string;
  private readonly around: ReturnType<typeof withDefaults>;
  private readonly parkedIn: string;
  private readonly inbox: Inbox;
  private readonly fences: Fences;
  private readonly source: BusSource;
  private readonly lane: Lane<Delivery>;
  private readonly turn = new Turn();
  readonly topics: readonly string[];
  private readonly ignored: ReadonlySet<string>;
  private readonly contracts: ReadonlyMap<string, C>;
  /** The data of the messages at hand, as their contracts read them. */
  private readonly read = new Map<Message, unknown>();
  private stopping: AbortController | undefined;
  private ended: Promise<void> = Promise.resolve();
  private replaying: string | undefined;
  private retrying = false;
  private joined = false;
  private pending = 0;
  private lastError: string | undefined;

  constructor(
    private readonly what: Consuming<C>,
    private readonly bus: Bus,
    around: Surroundings,
  ) {
    this.name = what.name;
    splitName(what.name);
    this.around = withDefaults(around);
    this.parkedIn = parkedCollection(what.name).name;
    const { readModel: store, clock, sleep, retry } = this.around;
    this.inbox = new Inbox(what.name, store);
    this.fences = new Fences(what.name, store);
    this.topics = [...new Set([...what.handles, ...(what.ignores ?? [])].map(({ topic }) => topic))];
    this.contracts = new Map(what.handles.map((contract) => [String(contract.type), contract]));
    this.ignored = new Set((what.ignores ?? []).map(({ type }) => String(type)));
    const unusable = (message: Message) => this.unusable(message);
    this.source = new BusSource({ consumer: what.name, bus, store, inbox: this.inbox, fences: this.fences, unusable });
    const effect = (deliveries: NonEmpty<Delivery>, documents: UnitOfWork) =>
      what.effect(deliveries.map(({ message }) => this.typed(message)) as unknown as NonEmpty<MessageOf<C>>, documents);
    const onFailure = (error: unknown) => this.note(error);
    const { parkedIn, source } = this;
    this.lane = new Lane({ reaction: what.name, parkedIn, store, source, effect, clock, sleep, retry, onFailure });
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

  async lag(): Promise<number> {
    // The bus knows nothing of a group before it joined, and nothing is not the same as nothing left.
    return this.stopping && !this.joined ? Infinity : this.bus.lag(this.name);
  }

  status(): ReactionStatus {
    return {
      name: this.name,
      reads: 'bus',
      running: this.stopping !== undefined,
      caughtUp: this.stopping !== undefined && !this.retrying,
      seen: 'start',
      pending: this.pending,
      parkedCases: this.lane.parked.cases,
      parkedItems: this.lane.parked.items,
      retrying: this.retrying,
      ...(this.lastError ? { lastError: this.lastError } : {}),
    };
  }

  async parked(): Promise<readonly DeadLetter[]> {
    await this.around.readModel.declare(parkedCollection(this.name));
    return allLetters(this.around.readModel, this.parkedIn);
  }

  async replay(key: string): Promise<ReplayResult> {
    if (this.replaying !== undefined) throw new ReplayInProgress(`${this.name}: a replay is at work; wait for it`);
    this.replaying = key;
    try {
      if (!this.stopping) await this.turn.take(() => this.prepare());
      let replayed = 0;
      for (;;) {
        const { outcome } = await this.turn.take(() => this.fenced(key, () => this.lane.replayNext(this.around.readModel, key)));
        if (outcome !== 'done') return { replayed, left: (await allLetters(this.around.readModel, this.parkedIn, key)).length };
        replayed += 1;
      }
    } finally {
      this.replaying = undefined;
    }
  }

  /** Takes up what another process parked or replayed, or left half way. Done now and then while it runs. */
  tend(): Promise<void> {
    return this.turn.take(async () => {
      if (this.lane.parked.cases === 0 && (await this.around.readModel.count(this.parkedIn)) === 0) return;
      await this.reload();
      await this.drain();
    });
  }

  private async run(signal: AbortSignal): Promise<void> {
    const tending = nowAndThen(
      () => this.tend(),
      signal,
      (error) => this.note(error),
    );
    for (let failures = 0; !signal.aborted;) {
      try {
        await this.turn.take(() => this.prepare());
        const consuming = this.bus.consume(this.subscription(), (batch) => this.turn.take(() => this.take(batch, signal)), signal);
        this.joined = true;
        failures = 0;
        await consuming;
      } catch (error) {
        this.note(error);
        this.retrying = true;
      }
      failures += 1;
      if (!signal.aborted) await this.around.sleep(pauseMs(foreverRetry, failures), signal);
    }
    await tending;
  }

  private subscription(): Subscription {
    return {
      group: this.name,
      topics: this.topics,
      assigned: () => this.turn.take(() => this.takeOver()),
      refused: (refusal) => this.keepRefused(refusal),
    };
  }

  private async prepare(): Promise<void> {
    await this.around.readModel.declare(parkedCollection(this.name));
    await this.inbox.declare();
    await this.reload();
    await this.drain();
  }

  /** The bus has given it its part: whatever kept it from that is over, though no message may come for long. */
  private async takeOver(): Promise<void> {
    await this.reload();
    this.retrying = false;
  }

  /** Somebody else may have owned the partitions since, or replayed. */
  private async reload(): Promise<void> {
    this.fences.forget();
    await this.lane.parked.load(this.around.readModel, this.parkedIn);
  }

  private async drain(): Promise<void> {
    for (const key of this.lane.parked.stranded())
      if (key !== this.replaying) await this.fenced(key, () => this.lane.drain(this.around.readModel, key));
  }

  /** Works on the partition of a key by what is true of it now, and again when another process wrote in between. */
  private async fenced<T>(key: string, work: () => Promise<T>): Promise<T> {
    const partition = this.bus.partitionOf(key);
    this.source.turnTo(partition);
    for (let races = 1; ; races += 1) {
      this.read.clear();
      // In this order: what is written behind an older fence is refused, so the letters must not be older than it.
      if (!this.fences.knows(partition)) {
        await this.fences.read(partition);
        await this.lane.parked.load(this.around.readModel, this.parkedIn);
      }
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof StaleCheckpoint) || races >= racesInARow) throw error;
      }
      this.fences.forget();
    }
  }

  /** @throws what concerns every message; the bus brings the batch again */
  private async take(batch: NonEmpty<Delivery>, signal: AbortSignal): Promise<void> {
    try {
      await this.fenced(batch[0].message.key, () => this.takeNew(batch, signal));
      await this.drain();
      this.retrying = false;
    } catch (error) {
      this.retrying = true;
      throw error;
    } finally {
      this.pending = 0;
    }
  }

  private async takeNew(batch: readonly Delivery[], signal: AbortSignal): Promise<void> {
    const [first, ...rest] = await this.inbox.fresh(batch.filter(({ message }) => !this.ignored.has(message.type)));
    if (!first) return;
    this.pending = 1 + rest.length;
    await this.lane.take([first, ...rest], signal);
  }

  /** A value that is no message parks no case, having none; somebody should still know of it. */
  private async keepRefused({ topic, offset, reason }: Refusal): Promise<void> {
    const place = `${topic} ${offset}`;
    const letter: DeadLetter = {
      ...{ id: `foreign ${place}`, reaction: this.name, key: place, order: offset, type: 'none', because: 'foreign' },
      ...{ error: 'NotACloudEvent', message: reason, attempts: 0, firstSeen: this.around.clock.now(), origin: { topic, offset } },
    };
    await this.around.readModel.write({ changes: [{ put: letter, in: this.parkedIn }], durable: true });
  }

  private unusable(message: Message): ReturnType<Source<Delivery>['unusable']> {
    const { type } = message;
    const contract = this.contracts.get(type);
    if (!contract) return { because: 'unknown', error: 'UnknownContract', message: `${this.name} neither handles nor ignores ${type}` };
    const result = contract.schema.safeParse(message.data);
    if (result.success) {
      this.read.set(message, result.data);
      return undefined;
    }
    const fields = [...new Set(result.error.issues.map(({ path }) => path.join('.') || 'data'))].join(', ');
    return { because: 'unknown', error: 'UnknownShape', message: `${type}: ${fields} is not as this deployment knows the contract` };
  }

  /** The data as it was read when it was found usable. */
  private typed(message: Message): MessageOf<C> {
    return { ...message, data: this.read.get(message) } as unknown as MessageOf<C>;
  }

  private note(error: unknown): void {
    this.lastError = error instanceof Error ? error.name : typeof error;
    this.around.onFailure?.(this.name, error);
  }
}
