import { Signal } from '@waymark/async';
import type { NonEmpty } from '@waymark/kernel';
import {
  BusUnavailable,
  NotAContract,
  type Bus,
  type DeadLetterReference,
  type Handler,
  type Message,
  type Subscription,
} from '../../bus.js';
import { NotACloudEvent, toCloudEvent } from '../../cloud-event.js';
import { checkContract, contractsByType, type Contracts } from '../../contracts.js';
import { placeName } from '../../places.js';
import { lagOf, type EndOffsets, type GroupOffsets, type CommittedOffsets } from '../../offsets.js';
import { deadLetterTopic, progressTopic } from '../../topics.js';
import { GroupMember } from './member.js';
import { withDefaults, type KafkaBusOptions as Options, type Settings } from './options.js';
import { OwnGroup } from './own-group.js';
import { partitionOfKey } from './partitioner.js';
import { ProgressReader, progressText } from './progress.js';
import { maxValueLength, Publisher, type Outgoing } from './publisher.js';
import { OffsetQueries } from './offset-queries.js';
import { ensureTopics, wantedTopics } from './topics.js';

export type KafkaBusOptions = Options;

/** The bus on Kafka, by kafkajs. @throws BusUnavailable when no broker answers, BusUnusable when a topic is not as this deployment needs it */
export const openKafkaBus = async (options: Options): Promise<Bus> => {
  const settings = withDefaults(options);
  const queries = new OffsetQueries(settings);
  try {
    await queries.ask(`no Kafka broker answers at ${settings.brokers.join(', ')}`, (admin) => ensureTopics(admin, wantedTopics(settings)));
  } catch (error) {
    await queries.close();
    throw error;
  }
  return new KafkaBus(settings, queries);
};

const cloudEvents = { 'content-type': 'application/cloudevents+json; charset=UTF-8' };
const json = { 'content-type': 'application/json; charset=UTF-8' };

class KafkaBus implements Bus {
  private readonly contracts: Contracts;
  private readonly publisher: Publisher;
  private readonly progress: ProgressReader;
  /** Notified when a source's progress arrives, or a group of this process commits. */
  private readonly changes = new Signal();
  private readonly closing = new AbortController();
  private readonly consuming = new Set<Promise<void>>();
  /** The groups of this process. */
  private readonly groups = new Map<string, OwnGroup>();
  /** What they read, so that their lag is known before their first commit; with the prefix. */
  private readonly topicsOf = new Map<string, readonly string[]>();

  constructor(
    private readonly settings: Settings,
    private readonly queries: OffsetQueries,
  ) {
    this.contracts = contractsByType(settings.contracts);
    this.publisher = new Publisher(settings);
    this.progress = new ProgressReader(settings, () => this.changes.notify());
  }

  async publish(topic: string, messages: NonEmpty<Message>): Promise<EndOffsets> {
    this.requireOpen();
    const outgoing = messages.map((message) => this.outgoing(topic, message));
    const to = this.settings.prefix + topic;
    const ends = await this.publisher.send(to, outgoing);
    return outgoing.every(({ partition }) => ends.has(placeName(to, partition))) ? ends : this.endOffsets([topic]);
  }

  async endOffsets(topics: readonly string[]): Promise<EndOffsets> {
    this.requireOpen();
    return this.queries.endOffsets(topics.map((topic) => this.settings.prefix + topic));
  }

  async consume(subscription: Subscription, handler: Handler, signal: AbortSignal): Promise<void> {
    this.requireOpen();
    if (signal.aborted) return;
    const { group, topics } = subscription;
    const read = topics.map((topic) => this.settings.prefix + topic);
    this.topicsOf.set(group, [...new Set([...this.topicsIn(group), ...read])]);
    const refuse = async (refusal: Parameters<NonNullable<Subscription['refused']>>[0]) => {
      const { topic, offset, reason: because } = refusal;
      await this.reportDead([{ group, topic, offset, because }]);
      await subscription.refused?.(refusal);
    };
    const notes = () => this.queries.notes(group);
    const member = new GroupMember({ settings: this.settings, subscription, group: this.groupOf(group), handler, notes, refuse });
    const running = member.run(AbortSignal.any([signal, this.closing.signal]));
    this.consuming.add(running);
    try {
      await running;
    } finally {
      this.consuming.delete(running);
    }
  }

  partitionOf(key: string): number {
    return partitionOfKey(key, this.settings.partitions);
  }

  async lag(group: string): Promise<number> {
    this.requireOpen();
    return lagOf(await this.groupOffsets(group));
  }

  async groupOffsets(group: string): Promise<GroupOffsets> {
    this.requireOpen();
    return this.queries.groupOffsets(await this.committedOffsets(group), this.topicsIn(group));
  }

  async committedOffsets(group: string): Promise<CommittedOffsets> {
    this.requireOpen();
    const partitions = Array.from({ length: this.settings.partitions }, (_, partition) => partition);
    const places = this.topicsIn(group).flatMap((topic) => partitions.map((partition) => placeName(topic, partition)));
    return this.groupOf(group).taken(places);
  }

  async publishProgress(source: string, position: string, ends?: EndOffsets): Promise<void> {
    this.requireOpen();
    const known = this.progressOf(source);
    if (known !== 'start' && position <= known) return;
    const value = progressText(source, position, ends);
    await this.publisher.send(this.settings.prefix + progressTopic, [{ key: source, value, partition: 0, headers: json }]);
    this.progress.book.note(source, position, ends);
    this.changes.notify();
  }

  progressOf(source: string): string {
    return this.progress.book.positionOf(source);
  }

  endOffsetsOf(source: string, topics: readonly string[]): EndOffsets | undefined {
    return this.progress.book.endsIn(
      source,
      topics.map((topic) => this.settings.prefix + topic),
    );
  }

  nextChange(): Promise<void> {
    return this.changes.nextChange();
  }

  async reportDead(letters: NonEmpty<DeadLetterReference>): Promise<void> {
    this.requireOpen();
    const outgoing = letters.map((letter) => {
      const key = letter.key ?? letter.offset;
      return { key, value: JSON.stringify(letter), partition: this.partitionOf(key), headers: json };
    });
    await this.publisher.send(this.settings.prefix + deadLetterTopic, outgoing);
  }

  /** Waits for the handlers at work. */
  async close(): Promise<void> {
    if (this.closing.signal.aborted) return;
    this.closing.abort();
    await Promise.all([this.progress.close(), this.queries.close(), ...[...this.consuming].map((each) => each.catch(() => undefined))]);
    // Last: a handler at work may have dead letters to report.
    await this.publisher.close();
  }

  private groupOf(name: string): OwnGroup {
    const group =
      this.groups.get(name) ??
      new OwnGroup(
        () => this.queries.committedOffsets(name),
        () => this.changes.notify(),
      );
    this.groups.set(name, group);
    return group;
  }

  private topicsIn(group: string): readonly string[] {
    return this.topicsOf.get(group) ?? [];
  }

  private outgoing(topic: string, message: Message): Outgoing {
    try {
      const value = toCloudEvent(checkContract(this.contracts, topic, message));
      if (value.length > maxValueLength) throw new NotAContract(`${message.type}: ${value.length} characters are too many to travel`);
      return { key: message.key, value, partition: this.partitionOf(message.key), headers: cloudEvents };
    } catch (error) {
      throw error instanceof NotACloudEvent ? new NotAContract(`${message.type}: ${error.message}`) : error;
    }
  }

  private requireOpen(): void {
    if (this.closing.signal.aborted) throw new BusUnavailable('the bus is closed');
  }
}
