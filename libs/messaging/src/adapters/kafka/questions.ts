import { setTimeout as delay } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import type { Stands, Standing, Taken } from '../../standing.js';
import { clientOf, requestTimeoutMs, type Client } from './client.js';
import type { Settings } from './options.js';
import { atMost, within } from './within.js';

interface Asking {
  readonly client: Client;
  readonly admin: Admin;
}

const closeMs = 2_000;

/** Asks the brokers, on a connection that is made when it is needed and made anew after a failure. */
export class Questions {
  private asking: Promise<Asking> | undefined;

  constructor(private readonly settings: Settings) {}

  /** @throws BusUnavailable */
  async ask<T>(what: string, question: (admin: Admin) => Promise<T>): Promise<T> {
    this.asking ??= connect(this.settings);
    const { asking } = this;
    try {
      return await within(
        2 * requestTimeoutMs,
        what,
        patiently(async () => question((await asking).admin)),
      );
    } catch (error) {
      if (this.asking === asking) this.asking = undefined;
      void hangUp(asking);
      throw error;
    }
  }

  /** How far a group is in its topics; at their beginnings, where it has committed nothing. */
  standing(group: string, topics: readonly string[]): Promise<Standing> {
    return this.askOf(group, async (admin, groupId) => {
      const offsets = await admin.fetchOffsets({ groupId });
      const committed = committedOf(offsets);
      const read = new Set([...topics.map((topic) => this.settings.prefix + topic), ...offsets.map(({ topic }) => topic)]);
      return new Map((await Promise.all([...read].map((topic) => inTopic(admin, topic, committed)))).flat());
    });
  }

  /** What a group has committed: one question, where its standing is two for each topic more. */
  taken(group: string): Promise<Taken> {
    return this.askOf(group, async (admin, groupId) => committedOf(await admin.fetchOffsets({ groupId })));
  }

  private askOf<T>(group: string, question: (admin: Admin, groupId: string) => Promise<T>): Promise<T> {
    return this.ask(`Kafka did not tell how far ${group} is`, (admin) => question(admin, this.settings.prefix + group));
  }

  async close(): Promise<void> {
    const { asking } = this;
    this.asking = undefined;
    if (asking) await hangUp(asking);
  }
}

const tries = 5;
const betweenTriesMs = 200;

/** A partition that changes its leader, a group that changes its coordinator: brokers say so, and know better a moment later. */
const patiently = async <T>(question: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await question();
    } catch (error) {
      if (attempt >= tries || (error as { retriable?: unknown }).retriable !== true) throw error;
    }
    await delay(betweenTriesMs);
  }
};

/** Without those of which it has committed nothing, which Kafka gives as below zero. */
const committedOf = (offsets: Awaited<ReturnType<Admin['fetchOffsets']>>): Taken =>
  new Map(
    offsets
      .flatMap(({ topic, partitions }) =>
        partitions.map(({ partition, offset }): [string, number] => [`${topic} ${partition}`, Number(offset)]),
      )
      .filter(([, next]) => next >= 0),
  );

const inTopic = async (admin: Admin, topic: string, committed: Taken): Promise<readonly [string, Stands][]> =>
  (await admin.fetchTopicOffsets(topic)).map(({ partition, high, low }) => {
    const place = `${topic} ${partition}`;
    return [place, { next: committed.get(place) ?? Number(low), end: Number(high) }];
  });

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
  await atMost(closeMs, asked.admin.disconnect());
  asked.client.sockets.destroy('given up');
};
