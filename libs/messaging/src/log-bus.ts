import { PerKey, realSleep, Signal } from '@waymark/async';
import type { AnyContract, NonEmpty } from '@waymark/kernel';
import { BusUnavailable, NotAContract, type Bus, type DeadLetterReference, type Handler, type Message, type Subscription } from './bus.js';
import { NotACloudEvent, toCloudEvent } from './cloud-event.js';
import { checkContract, contractsByType, type Contracts } from './contracts.js';
import { Deliveries } from './deliveries.js';
import { Groups, type Member } from './groups.js';
import { laterNotes } from './notes.js';
import { ProgressBook } from './progress.js';
import { lagOf, type EndOffsets, type GroupOffsets, type CommittedOffsets } from './offsets.js';
import { deadLetterTopic } from './topics.js';
import { partitionOf, partitionsPerTopic, type Entry, type Partition, type TopicLog } from './topic-log.js';

export interface LogBusOptions {
  readonly contracts: readonly AnyContract[];
  /** Between two deliveries of the same messages after a failure; ends early, without an error, when the signal aborts. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** The bus over an embedded log: groups, partitions, redelivery. One process, so groups are shared out in memory. */
export class LogBus implements Bus {
  private readonly contracts: Contracts;
  /** Of new messages, and of partitions that change hands; by topic. */
  private readonly arrivals = new PerKey(() => new Signal());
  private readonly groups = new Groups(this.arrivals);
  private readonly deliveries: Deliveries;
  private readonly consumers = new Set<Promise<void>>();
  private readonly progress = new ProgressBook();
  /** Notified when a source's progress arrives, or a group of this process commits. */
  private readonly changes = new Signal();
  private readonly closing = new AbortController();

  constructor(
    private readonly log: TopicLog,
    { contracts, sleep = realSleep }: LogBusOptions,
  ) {
    this.contracts = contractsByType(contracts);
    const { groups, arrivals } = this;
    const reportDead = (letters: NonEmpty<DeadLetterReference>) => this.reportDead(letters);
    this.deliveries = new Deliveries({ log, groups, arrivals, sleep, reportDead, committed: () => this.changes.notify() });
  }

  async publish(topic: string, messages: NonEmpty<Message>): Promise<EndOffsets> {
    this.requireOpen();
    await this.log.append(topic, messages.map((message) => this.entry(topic, message)) as unknown as NonEmpty<Entry>);
    this.arrivals.of(topic).notify();
    return this.log.endOffsets(topic, partitionsPerTopic);
  }

  async endOffsets(topics: readonly string[]): Promise<EndOffsets> {
    this.requireOpen();
    return new Map(topics.flatMap((topic) => [...this.log.endOffsets(topic, partitionsPerTopic)]));
  }

  async consume(
    { group, topics, assigned = nothing, refused = nothing }: Subscription,
    handler: Handler,
    signal: AbortSignal,
  ): Promise<void> {
    this.requireOpen();
    if (signal.aborted) return;
    for (const topic of topics) this.log.join(group, topic, partitionsPerTopic);
    const member: Member = {
      topics,
      assigned: async () => this.readAgain(group, member, (await assigned(laterNotes(this.notesOf(group, member)))) ?? []),
    };
    this.groups.enter(group, member);
    const until = AbortSignal.any([signal, this.closing.signal]);
    const partitions = topics.flatMap((topic) => Array.from({ length: partitionsPerTopic }, (_, partition) => ({ topic, partition })));
    const following = partitions.map((at) => this.deliveries.follow({ group, member, at, handler, refused }, until));
    const running = Promise.all(following).then(() => undefined);
    this.consumers.add(running);
    try {
      await running;
    } finally {
      this.consumers.delete(running);
      this.groups.leave(group, member);
    }
  }

  partitionOf(key: string): number {
    return partitionOf(key);
  }

  async lag(group: string): Promise<number> {
    this.requireOpen();
    return lagOf(this.log.groupOffsets(group));
  }

  async groupOffsets(group: string): Promise<GroupOffsets> {
    this.requireOpen();
    return this.log.groupOffsets(group);
  }

  async committedOffsets(group: string): Promise<CommittedOffsets> {
    this.requireOpen();
    return new Map([...this.log.groupOffsets(group)].map(([partition, { next }]) => [partition, next]));
  }

  async publishProgress(source: string, position: string, ends?: EndOffsets): Promise<void> {
    this.requireOpen();
    this.progress.note(source, position, ends);
    this.changes.notify();
  }

  progressOf(source: string): string {
    return this.progress.positionOf(source);
  }

  endOffsetsOf(source: string, topics: readonly string[]): EndOffsets | undefined {
    return this.progress.endsIn(source, topics);
  }

  nextChange(): Promise<void> {
    return this.changes.nextChange();
  }

  async reportDead(letters: NonEmpty<DeadLetterReference>): Promise<void> {
    this.requireOpen();
    await this.log.append(
      deadLetterTopic,
      letters.map((letter) => ({
        partition: partitionOf(letter.key ?? letter.offset),
        value: JSON.stringify(letter),
      })) as unknown as NonEmpty<Entry>,
    );
  }

  async close(): Promise<void> {
    if (this.closing.signal.aborted) return;
    this.closing.abort();
    await Promise.allSettled([...this.consumers]);
    await this.log.close();
  }

  /** Of the places that are the member's. */
  private notesOf(group: string, member: Member): readonly (readonly [partition: number, note: string | undefined])[] {
    return this.placesOf(group, member)
      .filter((at) => this.log.committed(group, at) > 0)
      .map((at) => [at.partition, this.log.noteOf(group, at)]);
  }

  private readAgain(group: string, member: Member, partitions: readonly number[]): void {
    const again = this.placesOf(group, member).filter((at) => partitions.includes(at.partition));
    for (const at of again) this.log.commit(group, at, 0);
    // Those who found nothing to deliver look again.
    for (const topic of new Set(again.map(({ topic }) => topic))) this.arrivals.of(topic).notify();
  }

  private placesOf(group: string, member: Member): readonly Partition[] {
    return member.topics
      .flatMap((topic) => Array.from({ length: partitionsPerTopic }, (_, partition) => ({ topic, partition })))
      .filter((at) => this.groups.owns(group, member, at));
  }

  private entry(topic: string, message: Message): Entry {
    try {
      return { partition: partitionOf(message.key), value: toCloudEvent(checkContract(this.contracts, topic, message)) };
    } catch (error) {
      throw error instanceof NotACloudEvent ? new NotAContract(`${message.type}: ${error.message}`) : error;
    }
  }

  private requireOpen(): void {
    if (this.closing.signal.aborted) throw new BusUnavailable('the bus is closed');
  }
}

const nothing = async (): Promise<void> => undefined;
