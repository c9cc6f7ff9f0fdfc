import type { AnyContract, NonEmpty, PublishedOf } from '@waymark/kernel';
import type { Bus, Delivery, Message } from '@waymark/messaging';
import { parkedCollection, splitName, type DeadLetter } from './dead-letter.js';
import { Inbox } from './inbox.js';
import { Lane, ReplayInProgress, type Source } from './lane.js';
import { allLetters } from './parked-cases.js';
import { withDefaults, type BusReaction, type ReactionStatus, type ReplayResult, type Surroundings } from './reaction.js';
import { pauseMs } from './retry.js';
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

const foreverRetry = { attempts: Infinity, firstPauseMs: 50, longestPauseMs: 30_000 };

/** Reads the bus in a group of its own and lets each message take effect once; a case that fails is parked as on the log. */
export class Consumer<C extends AnyContract = AnyContract> implements BusReaction {
  readonly name: string;
  private readonly around: ReturnType<typeof withDefaults>;
  private readonly parkedIn: string;
  private readonly inbox: Inbox;
  private readonly lane: Lane<Message>;
  private readonly turn = new Turn();
  readonly topics: readonly string[];
  private readonly ignored: ReadonlySet<string>;
  private stopping: AbortController | undefined;
  private ended: Promise<void> = Promise.resolve();
  private replaying = false;
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
    this.inbox = new Inbox(what.name, around.readModel);
    this.topics = [...new Set([...what.handles, ...(what.ignores ?? [])].map(({ topic }) => topic))];
    this.ignored = new Set((what.ignores ?? []).map(({ type }) => String(type)));
    const { readModel: store, clock, sleep, retry } = this.around;
    const effect = (messages: NonEmpty<Message>, documents: UnitOfWork) =>
      what.effect(messages.map((message) => this.typed(message)) as unknown as NonEmpty<MessageOf<C>>, documents);
    const onFailure = (error: unknown) => this.note(error);
    this.lane = new Lane({
      reaction: what.name,
      parkedIn: this.parkedIn,
      store,
      source: this.source(),
      effect,
      clock,
      sleep,
      retry,
      onFailure,
    });
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
    if (this.replaying) throw new ReplayInProgress(`${this.name}: a replay is at work; wait for it`);
    this.replaying = true;
    try {
      if (!this.stopping) await this.turn.take(() => this.prepare());
      let replayed = 0;
      for (;;) {
        const { outcome } = await this.turn.take(() => this.lane.replayNext(this.around.readModel, key));
        if (outcome !== 'done') return { replayed, left: (await allLetters(this.around.readModel, this.parkedIn, key)).length };
        replayed += 1;
      }
    } finally {
      this.replaying = false;
    }
  }

  private async run(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted;) {
      try {
        await this.turn.take(() => this.prepare());
        const handle = (batch: NonEmpty<Delivery>) => this.turn.take(() => this.take(batch, signal));
        const consuming = this.bus.consume({ group: this.name, topics: this.topics }, handle, signal);
        this.joined = true;
        await consuming;
      } catch (error) {
        this.note(error);
      }
      failures += 1;
      if (!signal.aborted) await this.around.sleep(pauseMs(foreverRetry, failures), signal);
    }
  }

  private async prepare(): Promise<void> {
    await this.around.readModel.declare(parkedCollection(this.name));
    await this.inbox.declare();
    await this.lane.parked.load(this.around.readModel, this.parkedIn);
  }

  /** @throws what concerns every message; the bus brings the batch again */
  private async take(batch: NonEmpty<Delivery>, signal: AbortSignal): Promise<void> {
    const concerning = batch.map(({ message }) => message).filter(({ type }) => !this.ignored.has(type));
    try {
      const [first, ...rest] = await this.inbox.fresh(concerning);
      if (first) {
        this.pending = 1 + rest.length;
        await this.lane.take([first, ...rest], signal);
      }
      this.retrying = false;
    } catch (error) {
      this.retrying = true;
      throw error;
    } finally {
      this.pending = 0;
    }
  }

  private source(): Source<Message> {
    return {
      keyOf: ({ key }) => key,
      // Sources share one store, so its order is a common one wherever they meet in a case.
      orderOf: ({ position, source }) => `${position} ${source}`,
      typeOf: ({ type }) => type,
      unusable: (message) => this.unusable(message),
      originOf: (message) => ({ message }),
      recall: async (origin) => origin['message'] as Message,
      commit: async (work, taken) => {
        const seen = this.inbox.note(taken, work);
        // The bus lets go of the messages next; nothing would bring a lost effect back.
        await this.around.readModel.write({ changes: work.changes(), seen, durable: true });
        this.inbox.noted(taken);
      },
    };
  }

  private contract(type: string): C | undefined {
    return this.what.handles.find((contract) => contract.type === type);
  }

  private unusable({ type, data }: Message): ReturnType<Source<Message>['unusable']> {
    const contract = this.contract(type);
    if (!contract) return { because: 'unknown', error: 'UnknownContract', message: `${this.name} neither handles nor ignores ${type}` };
    const result = contract.schema.safeParse(data);
    if (result.success) return undefined;
    const fields = [...new Set(result.error.issues.map(({ path }) => path.join('.') || 'data'))].join(', ');
    return { because: 'unknown', error: 'UnknownShape', message: `${type}: ${fields} is not as this deployment knows the contract` };
  }

  private typed(message: Message): MessageOf<C> {
    return { ...message, data: this.contract(message.type)?.schema.parse(message.data) } as unknown as MessageOf<C>;
  }

  private note(error: unknown): void {
    this.lastError = error instanceof Error ? error.name : typeof error;
    this.around.onFailure?.(this.name, error);
  }
}
