import { setTimeout as delay } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import type { Stands, Standing } from '../../standing.js';
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
    return this.ask(`Kafka did not tell how far ${group} is`, async (admin) => {
      const groupId = this.settings.prefix + group;
      const committed = new Map<string, number>();
      const read = new Set(topics.map((topic) => this.settings.prefix + topic));
      for (const { topic, partitions } of await admin.fetchOffsets({ groupId })) {
        read.add(topic);
        for (const { partition, offset } of partitions) committed.set(`${topic} ${partition}`, Number(offset));
      }
      return new Map((await Promise.all([...read].map((topic) => inTopic(admin, topic, committed)))).flat());
    });
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

const inTopic = async (admin: Admin, topic: string, committed: ReadonlyMap<string, number>): Promise<readonly [string, Stands][]> =>
  (await admin.fetchTopicOffsets(topic)).map(({ partition, high, low }) => {
    const place = `${topic} ${partition}`;
    const next = committed.get(place) ?? -1;
    return [place, { next: next < 0 ? Number(low) : next, end: Number(high) }];
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
