import type { Admin } from 'kafkajs';
import { PerKey, retry, SingleFlight } from '@waymark/async';
import { placeName, topicOf } from '../../places.js';
import type { EndOffsets, GroupOffsets, CommittedOffsets } from '../../offsets.js';
import { clientOf, requestTimeoutMs, type Client } from './client.js';
import type { Settings } from './options.js';
import { waitAtMost, answerWithin } from './answer-within.js';

interface Asking {
  readonly client: Client;
  readonly admin: Admin;
}

/** From where to where a partition goes. */
interface Reach {
  readonly place: string;
  readonly low: number;
  readonly high: number;
}

const closeMs = 2_000;

/** Asks the brokers, on a connection that is made when it is needed and made anew after a failure. */
export class OffsetQueries {
  private asking: Promise<Asking> | undefined;
  /** By topic: groups read the same topics, and many ask at once. */
  private readonly reaches = new PerKey(
    (topic) => new SingleFlight(() => this.ask(`Kafka did not say where ${topic} ends`, (admin) => inTopic(admin, topic))),
  );

  constructor(private readonly settings: Settings) {}

  /** @throws BusUnavailable */
  async ask<T>(what: string, question: (admin: Admin) => Promise<T>): Promise<T> {
    this.asking ??= connect(this.settings);
    const { asking } = this;
    try {
      return await answerWithin(
        2 * requestTimeoutMs,
        what,
        retry(async () => question((await asking).admin), whileBrokersChange),
      );
    } catch (error) {
      if (this.asking === asking) this.asking = undefined;
      void hangUp(asking);
      throw error;
    }
  }

  /** What a group has committed. */
  committedOffsets(group: string): Promise<CommittedOffsets> {
    return this.askOf(group, async (admin, groupId) => committedOf(await admin.fetchOffsets({ groupId })));
  }

  /** What a group has noted beside its offsets, by place of which it has committed anything. */
  notes(group: string): Promise<ReadonlyMap<string, string | undefined>> {
    return this.askOf(group, async (admin, groupId) => {
      const places = (await admin.fetchOffsets({ groupId })).flatMap(({ topic, partitions }) => partitions.map((at) => ({ topic, ...at })));
      const committed = places.filter(({ offset }) => Number(offset) >= 0);
      return new Map(committed.map(({ topic, partition, metadata }) => [placeName(topic, partition), metadata ? metadata : undefined]));
    });
  }

  /** How far a group is in its topics; at their beginnings, where it has committed nothing. @param topics with the deployment's prefix */
  async groupOffsets(taken: CommittedOffsets, topics: readonly string[]): Promise<GroupOffsets> {
    const read = new Set([...topics, ...[...taken.keys()].map(topicOf)]);
    const reaches = await Promise.all([...read].map((topic) => this.reaches.of(topic).run()));
    return new Map(reaches.flat().map(({ place, low, high }) => [place, { next: taken.get(place) ?? low, end: high }]));
  }

  /** @param topics with the deployment's prefix */
  async endOffsets(topics: readonly string[]): Promise<EndOffsets> {
    const reaches = await Promise.all(topics.map((topic) => this.reaches.of(topic).run()));
    return new Map(reaches.flat().map(({ place, high }) => [place, high]));
  }

  private askOf<T>(group: string, question: (admin: Admin, groupId: string) => Promise<T>): Promise<T> {
    return this.ask(`Kafka did not say how far ${group} is`, (admin) => question(admin, this.settings.prefix + group));
  }

  async close(): Promise<void> {
    const { asking } = this;
    this.asking = undefined;
    if (asking) await hangUp(asking);
  }
}

/** A partition that changes its leader, a group that changes its coordinator: brokers say so, and know better a moment later. */
const whileBrokersChange = {
  attempts: 5,
  firstPauseMs: 200,
  longestPauseMs: 200,
  isWorthAnother: (error: unknown) => (error as { retriable?: unknown }).retriable === true,
};

/** Without those of which it has committed nothing, which Kafka gives as below zero. */
const committedOf = (offsets: Awaited<ReturnType<Admin['fetchOffsets']>>): CommittedOffsets =>
  new Map(
    offsets
      .flatMap(({ topic, partitions }) =>
        partitions.map(({ partition, offset }): [string, number] => [placeName(topic, partition), Number(offset)]),
      )
      .filter(([, next]) => next >= 0),
  );

const inTopic = async (admin: Admin, topic: string): Promise<readonly Reach[]> =>
  (await admin.fetchTopicOffsets(topic)).map(({ partition, high, low }) => ({
    place: placeName(topic, partition),
    low: Number(low),
    high: Number(high),
  }));

const connect = async (settings: Settings): Promise<Asking> => {
  const client = clientOf(settings, 'questions');
  const admin = client.kafka.admin();
  try {
    await admin.connect();
    return { client, admin };
  } catch (error) {
    client.sockets.destroy('given up');
    throw error;
  }
};

const hangUp = async (asking: Promise<Asking>): Promise<void> => {
  const asked = await asking.catch(() => undefined);
  if (!asked) return;
  await waitAtMost(closeMs, asked.admin.disconnect());
  asked.client.sockets.destroy('given up');
};
