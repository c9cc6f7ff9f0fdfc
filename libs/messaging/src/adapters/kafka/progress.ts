import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { idleSleep } from '@waymark/async';
import { ProgressBook } from '../../progress.js';
import type { EndOffsets } from '../../offsets.js';
import { progressTopic } from '../../topics.js';
import { clientOf } from './client.js';
import type { Settings } from './options.js';
import { waitAtMost } from './answer-within.js';

const Word = z.object({
  source: z.string().min(1),
  position: z.string().min(1).max(200),
  /** By place. Builds before 26 November 2026 did not say it. */
  ends: z.record(z.string(), z.number().int().nonnegative()).optional(),
});

const againMs = 1_000;
const leaveMs = 2_000;

export const progressText = (source: string, position: string, ends?: EndOffsets): string =>
  JSON.stringify({ source, position, ...(ends ? { ends: Object.fromEntries(ends) } : {}) });

/**
 * How far the relays have come, as every process reads it for itself: from the beginning of the topic, in a group of its own that commits nothing and is
 * forgotten with it.
 */
export class ProgressReader {
  readonly book = new ProgressBook();
  private readonly over = new AbortController();
  private readonly ended: Promise<void>;

  /** @param onWord told of each word that is heard */
  constructor(
    private readonly settings: Settings,
    private readonly onWord: () => void,
  ) {
    this.ended = this.readOn();
  }

  async close(): Promise<void> {
    this.over.abort();
    await this.ended;
  }

  private async readOn(): Promise<void> {
    while (!this.over.signal.aborted) {
      await this.read().catch(() => this.settings.onError('Kafka: the progress of relays is not heard now'));
      await idleSleep(againMs, this.over.signal);
    }
  }

  private async read(): Promise<void> {
    const { settings, over } = this;
    const client = clientOf(settings, 'progress');
    const groupId = `${settings.prefix}${settings.clientId}-progress-${randomBytes(8).toString('hex')}`;
    const retry = { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5, restartOnFailure: async () => false };
    const consumer = client.kafka.consumer({ groupId, retry, allowAutoTopicCreation: false, maxWaitTimeInMs: 1_000 });
    const aborted = new Promise<void>((resolve) => over.signal.addEventListener('abort', () => resolve(), { once: true }));
    const crashed = new Promise<never>((_, reject) => consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error)));
    consumer.on(consumer.events.REQUEST_TIMEOUT, () => client.sockets.destroy('a request was not answered in time'));
    const reading = async () => {
      await consumer.connect();
      await consumer.subscribe({ topics: [settings.prefix + progressTopic], fromBeginning: true });
      await consumer.run({ autoCommit: false, eachMessage: async ({ message }) => this.hear(message.value) });
      return crashed;
    };
    try {
      await Promise.race([aborted, crashed, reading()]);
    } finally {
      // Its group has nothing to be kept, and is not worth waiting for.
      client.sockets.destroy('over');
      await waitAtMost(leaveMs, consumer.disconnect());
      client.sockets.destroy('over');
    }
  }

  private hear(value: Buffer | null): void {
    const word = Word.safeParse(jsonOf(value?.toString() ?? ''));
    if (!word.success) return;
    const { source, position, ends } = word.data;
    this.book.note(source, position, ends && new Map(Object.entries(ends)));
    this.onWord();
  }
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
