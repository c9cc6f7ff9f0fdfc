import type { Consumer, EachBatchPayload } from 'kafkajs';
import { KeyedMutex, pauseMs, Semaphore } from '@waymark/async';
import { isNonEmpty } from '@waymark/kernel';
import { BusUnavailable, type Handler, type Refusal, type Subscription } from '../../bus.js';
import { laterNotes } from '../../notes.js';
import { placeName } from '../../places.js';
import { byPartition } from './assigner.js';
import { clientOf, type Client } from './client.js';
import { readValue, type Place } from './incoming.js';
import type { Settings } from './options.js';
import type { Assignment, OwnGroup } from './own-group.js';
import { waitAtMost } from './answer-within.js';

export interface Membership {
  readonly settings: Settings;
  readonly subscription: Subscription;
  /** Told what this member is given, and what it commits. */
  readonly group: OwnGroup;
  readonly handler: Handler;
  /** What the group has noted beside its offsets, by place of which it has committed anything. */
  readonly notes: () => Promise<ReadonlyMap<string, string | undefined>>;
  /** Tells the dead letters of a value that is no message, and then the consumer. */
  readonly refuse: (refusal: Refusal) => Promise<void>;
}

/** A handler takes at most so many at once; the offset is committed after each. */
const maxBatch = 5_000;
/** Two batches as the brokers give them of a backlog, so that one is read while the engine writes the other. */
const mostMessages = 4_000;
const betweenTries = { firstPauseMs: 50, longestPauseMs: 10_000 };
/** How long the brokers may hold a request that finds nothing; a paused partition is asked for again after at most so long. */
const maxWaitMs = 500;
const leaveMs = 3_000;

/** The handler's own failure, as against the client's. Who owns the handler knows what failed and reports it. */
class HandlerFailed extends Error {}

/**
 * One member of a group, from joining to leaving. A partition is handed over only when the handler at work on it is done: the client joins the group
 * anew only after the batches at hand. The brokers are told meanwhile that the member lives; when they lose sight of it all the same, what it still does
 * does not count: it commits nothing any more.
 */
export class GroupMember {
  private readonly client: Client;
  private readonly consumer: Consumer;
  /** Of each partition, whatever the topic. */
  private readonly partitions = new KeyedMutex<number>();
  /**
   * Limits how many messages are read and not yet done with. All partitions' batches at once would be thousands that live through several rounds of garbage
   * collection, which then costs as much as reading them; and memory has to have an end.
   */
  private readonly messages = new Semaphore(mostMessages);
  private readonly resuming = new Set<NodeJS.Timeout>();
  private readonly failures = new Map<number, number>();
  /** What was noted last, by partition. */
  private readonly notes = new Map<number, string>();
  private readonly over = new AbortController();
  /** Counts how often the group was shared out. */
  private generation = 0;
  private sharing = false;
  private told: Promise<void> | undefined;
  /** Topics and partitions that it was given last. */
  private given: Assignment = {};

  constructor(private readonly what: Membership) {
    const { settings, subscription } = what;
    this.client = clientOf(settings, subscription.group);
    this.consumer = this.client.kafka.consumer({
      groupId: settings.prefix + subscription.group,
      partitionAssigners: [byPartition],
      sessionTimeout: settings.sessionTimeoutMs,
      rebalanceTimeout: settings.rebalanceTimeoutMs,
      heartbeatInterval: settings.sessionTimeoutMs / 4,
      maxWaitTimeInMs: maxWaitMs,
      allowAutoTopicCreation: false,
      // Who consumes begins anew, with a word to whoever watches; the client alone would try in silence.
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5, restartOnFailure: async () => false },
    });
  }

  /** Resolves after the signal, when the handlers at work are done and the group was left. @throws BusUnavailable when the client gave up */
  async run(signal: AbortSignal): Promise<void> {
    const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    try {
      await Promise.race([aborted, this.consume()]);
    } catch (cause) {
      if (!signal.aborted) throw new BusUnavailable(`${this.what.subscription.group} lost its connection to Kafka`, { cause });
    } finally {
      await this.leave();
    }
  }

  private async consume(): Promise<never> {
    const { consumer } = this;
    const crashed = new Promise<never>((_, reject) => consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error)));
    crashed.catch(() => undefined);
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => this.joined(payload.memberAssignment));
    // The client would keep asking on a connection that answers no more.
    consumer.on(consumer.events.REQUEST_TIMEOUT, () => this.client.sockets.destroy('a request was not answered in time'));
    const { settings, subscription } = this.what;
    await consumer.connect();
    await consumer.subscribe({ topics: subscription.topics.map((topic) => settings.prefix + topic), fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: settings.partitions,
      eachBatch: (payload) => this.partitions.run(payload.batch.partition, () => this.takeBatch(payload)),
    });
    return crashed;
  }

  private joined(assignment: Assignment): void {
    this.what.group.assigned(this, assignment);
    this.generation += 1;
    this.sharing = false;
    this.told = undefined;
    this.given = assignment;
    void this.tell().catch(() => undefined);
  }

  /** A failure is tried again with the next batch. */
  private tell(): Promise<void> {
    this.told ??= this.tellOf(this.given).catch((cause: unknown) => {
      this.told = undefined;
      throw new HandlerFailed('assigned', { cause });
    });
    return this.told;
  }

  /** What is to be read again is sought before anything is delivered of it; a batch at hand is stale then. */
  private async tellOf(given: Assignment): Promise<void> {
    const { subscription, notes } = this.what;
    if (!subscription.assigned) return;
    const noted = await notes();
    const places = Object.entries(given).flatMap(([topic, partitions]) => partitions.map((partition) => ({ topic, partition })));
    const committed = places.filter(({ topic, partition }) => noted.has(placeName(topic, partition)));
    const again = await subscription.assigned(
      laterNotes(committed.map(({ topic, partition }) => [partition, noted.get(placeName(topic, partition))])),
    );
    for (const place of places) if (again?.includes(place.partition)) this.consumer.seek({ ...place, offset: '0' });
  }

  private async takeBatch(payload: EachBatchPayload): Promise<void> {
    const { generation } = this;
    const { partition } = payload.batch;
    const ended = this.keepAlive(payload);
    try {
      await this.tell();
      for (const messages of partsOf(payload.batch.messages)) {
        const delivered = await this.messages.run(messages.length, async () => {
          if (!this.owns(payload, generation)) return undefined;
          return { note: await this.deliver(payload, messages) };
        });
        if (!delivered || generation !== this.generation) return;
        await this.commit(payload, messages, delivered.note);
        this.failures.delete(partition);
      }
    } catch (error) {
      if (!(error instanceof HandlerFailed)) throw error;
      this.pause(payload);
    } finally {
      ended.abort();
    }
  }

  private owns(payload: EachBatchPayload, generation: number): boolean {
    if (this.over.signal.aborted || this.sharing || generation !== this.generation) return false;
    return payload.isRunning() && !payload.isStale();
  }

  private async deliver({ batch }: EachBatchPayload, values: EachBatchPayload['batch']['messages']): Promise<string | undefined> {
    const { settings, handler, refuse } = this.what;
    const place: Place = { topic: batch.topic.slice(settings.prefix.length), partition: batch.partition };
    const read = values.map((value) => readValue(place, value));
    try {
      for (const entry of read) if ('reason' in entry) await refuse(entry);
      const messages = read.filter((entry) => 'message' in entry);
      return isNonEmpty(messages) ? ((await handler(messages)) ?? undefined) : undefined;
    } catch (cause) {
      throw new HandlerFailed('handler', { cause });
    }
  }

  private async commit(payload: EachBatchPayload, messages: { offset: string }[], note: string | undefined): Promise<void> {
    const { topic, partition } = payload.batch;
    const last = messages.at(-1)?.offset ?? payload.batch.lastOffset();
    payload.resolveOffset(last);
    const next = BigInt(last) + 1n;
    if (note !== undefined) this.notes.set(partition, note);
    const committed = { partition, offset: String(next), metadata: this.notes.get(partition) ?? null };
    await payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions: [committed] }] });
    this.what.group.hasCommitted(topic, partition, Number(next));
  }

  /** Says to the brokers that this member lives, while a handler is at work; they answer when the group is to be shared out. */
  private keepAlive(payload: EachBatchPayload): AbortController {
    const ended = new AbortController();
    const timer = setInterval(() => {
      payload.heartbeat().catch((error: { type?: unknown }) => {
        if (error.type === 'REBALANCE_IN_PROGRESS') this.sharing = true;
      });
    }, this.what.settings.sessionTimeoutMs / 8);
    ended.signal.addEventListener('abort', () => clearInterval(timer));
    return ended;
  }

  /** The same messages come again; the other partitions go on. */
  private pause(payload: EachBatchPayload): void {
    const { partition } = payload.batch;
    const failures = (this.failures.get(partition) ?? 0) + 1;
    this.failures.set(partition, failures);
    const resume = payload.pause();
    const timer = setTimeout(
      () => {
        this.resuming.delete(timer);
        resume();
      },
      pauseMs(betweenTries, failures),
    );
    this.resuming.add(timer);
  }

  /** Bounded but for the handlers: of brokers that are away nobody can take leave. */
  private async leave(): Promise<void> {
    this.over.abort();
    this.what.group.left(this);
    for (const timer of this.resuming) clearTimeout(timer);
    const left = this.consumer.disconnect();
    await this.partitions.idle();
    await waitAtMost(leaveMs, left);
    this.client.sockets.destroy('the member has left');
  }
}

const partsOf = <M>(messages: readonly M[]): readonly M[][] =>
  Array.from({ length: Math.ceil(messages.length / maxBatch) }, (_, i) => messages.slice(i * maxBatch, (i + 1) * maxBatch));
