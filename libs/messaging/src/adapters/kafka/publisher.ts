import type { Producer, RecordMetadata } from 'kafkajs';
import { Batcher, type Pending } from '@waymark/async';
import { BusUnavailable } from '../../bus.js';
import { placeName } from '../../places.js';
import { laterEndOffsets, type EndOffsets } from '../../offsets.js';
import { clientOf, requestTimeoutMs, type Client } from './client.js';
import type { Settings } from './options.js';
import { waitAtMost, answerWithin } from './answer-within.js';

export interface Outgoing {
  readonly key: string;
  readonly value: string;
  readonly partition: number;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Parcel {
  readonly topic: string;
  readonly messages: readonly Outgoing[];
}

interface Line {
  readonly client: Client;
  readonly producer: Producer;
}

/** Brokers take a megabyte in one piece by default. UTF-16 units; contracts are codes, ids and dates, so nearly bytes. */
const maxPieceLength = 400_000;
export const maxValueLength = 300_000;
const closeMs = 2_000;

/**
 * Sends one request at a time, with all that came up meanwhile. The producer is idempotent, and never outlives a failure: after one, nobody can say
 * which of its numbers the brokers have seen, and a number used twice would be taken for a repeat and dropped. What is not known to be durable fails as
 * unavailable, and whoever publishes it again makes at worst a repeat.
 */
export class Publisher {
  private readonly parcels = new Batcher<Parcel, EndOffsets>((batch) => this.sendAll(batch), {
    closing: 'at-once',
    oneAtATime: true,
    limit: maxPieceLength,
    weigh: ({ messages }) => lengthOf(messages),
  });
  private line: Promise<Line> | undefined;
  private closed = false;

  constructor(private readonly settings: Settings) {}

  /**
   * Resolves when all are durable. What comes behind a piece that failed is not sent, so that no key is heard of out of order.
   * @returns where the partitions end that were sent to, as far as the brokers say
   * @throws BusUnavailable
   */
  async send(topic: string, messages: readonly Outgoing[]): Promise<EndOffsets> {
    let ends: EndOffsets = new Map();
    for (const piece of piecesOf(messages)) ends = laterEndOffsets(ends, await this.sendPiece(topic, piece));
    return ends;
  }

  /** Waits for what is on its way, within reason. */
  async close(): Promise<void> {
    await waitAtMost(this.settings.publishTimeoutMs, this.parcels.idle());
    this.closed = true;
    const line = this.line;
    this.line = undefined;
    if (line) await hangUp(line);
  }

  private sendPiece(topic: string, messages: readonly Outgoing[]): Promise<EndOffsets> {
    if (this.closed) throw new BusUnavailable('the bus is closed');
    return this.parcels.add({ topic, messages });
  }

  private async sendAll(batch: readonly Pending<Parcel, EndOffsets>[]): Promise<void> {
    const { publishTimeoutMs } = this.settings;
    const unsaid = 'Kafka did not say that it has the messages; they are published again';
    try {
      const ends = await answerWithin(publishTimeoutMs, unsaid, this.request(batch.map(({ item }) => item)));
      for (const { resolve } of batch) resolve(ends);
    } catch (error) {
      this.giveUpLine();
      throw error;
    }
  }

  private async request(parcels: readonly Parcel[]): Promise<EndOffsets> {
    this.line ??= connect(this.settings);
    const { producer } = await this.line;
    const topicMessages = parcels.map(({ topic, messages }) => ({ topic, messages: messages as Outgoing[] }));
    const reported = await producer.sendBatch({ topicMessages, acks: -1, timeout: requestTimeoutMs });
    requireAll(parcels, reported);
    return endsOf(parcels, reported);
  }

  private giveUpLine(): void {
    const line = this.line;
    this.line = undefined;
    if (line) void hangUp(line);
  }
}

const connect = async (settings: Settings): Promise<Line> => {
  const client = clientOf(settings, 'publisher');
  const retry = { initialRetryTime: 50, maxRetryTime: 500, retries: 5 };
  const producer = client.kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false, retry });
  try {
    await producer.connect();
    return { client, producer };
  } catch (error) {
    client.sockets.destroy('given up');
    throw error;
  }
};

const hangUp = async (line: Promise<Line>): Promise<void> => {
  const { client, producer } = await line.catch(() => ({ client: undefined, producer: undefined }));
  if (!producer) return;
  await waitAtMost(closeMs, producer.disconnect());
  client.sockets.destroy('given up');
};

/**
 * When a partition changes its broker in the middle of a request that went to several, the client forgets to send it to the new one and reports
 * success. Its report names the partitions, so the lack can be seen.
 */
const requireAll = (parcels: readonly Parcel[], reported: readonly RecordMetadata[]): void => {
  const durable = new Set(reported.map(({ topicName, partition, errorCode }) => (errorCode === 0 ? placeName(topicName, partition) : '')));
  for (const { topic, messages } of parcels)
    for (const { partition } of messages)
      if (!durable.has(placeName(topic, partition))) throw new BusUnavailable(`Kafka said nothing of partition ${partition} of ${topic}`);
};

/** Without those partitions of which the brokers do not say where the messages lie, as of a repeat that they did not take again. */
export const endsOf = (parcels: readonly Parcel[], reported: readonly RecordMetadata[]): EndOffsets => {
  const counts = new Map<string, number>();
  for (const { topic, messages } of parcels)
    for (const { partition } of messages) {
      const place = placeName(topic, partition);
      counts.set(place, (counts.get(place) ?? 0) + 1);
    }
  const ends = new Map<string, number>();
  for (const { topicName, partition, baseOffset = '-1' } of reported) {
    const place = placeName(topicName, partition);
    if (Number(baseOffset) >= 0) ends.set(place, Number(baseOffset) + (counts.get(place) ?? 0));
  }
  return ends;
};

const lengthOf = (messages: readonly Outgoing[]): number => messages.reduce((sum, { value }) => sum + value.length, 0);

const piecesOf = (messages: readonly Outgoing[]): readonly (readonly Outgoing[])[] => {
  const pieces: Outgoing[][] = [];
  let length = Infinity;
  for (const message of messages) {
    length += message.value.length;
    if (length > maxPieceLength) {
      pieces.push([]);
      length = message.value.length;
    }
    pieces.at(-1)?.push(message);
  }
  return pieces;
};
