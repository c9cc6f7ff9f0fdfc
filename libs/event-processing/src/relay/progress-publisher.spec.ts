import { beforeEach, describe, expect, it } from '@jest/globals';
import type { After } from '@waymark/event-store';
import { until } from '../../test/events.js';
import type { EndOffsets } from '@waymark/messaging';
import { ProgressPublisher } from './progress-publisher.js';

const at = (place: number) => String(place).padStart(16, '0') as After;

describe('a publisher of progress', () => {
  let told: string[];
  let words: (Record<string, number> | undefined)[];
  /** Of the topic as the bus knows them, and how often it was asked. */
  let ends: EndOffsets;
  let asked: number;
  /** The pauses that are not over, with what ends each. */
  let pauses: { readonly ms: number; readonly end: () => void }[];
  let publisher: ProgressPublisher;
  const running = new AbortController().signal;
  const sleep = (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      const pause = { ms, end: () => ((pauses = pauses.filter((other) => other !== pause)), resolve()) };
      if (signal?.aborted) return resolve();
      signal?.addEventListener('abort', pause.end, { once: true });
      pauses.push(pause);
    });
  const pausesOf = (ms: number) => until(() => pauses.length === 1 && pauses[0]?.ms === ms);
  const endPause = () => pauses[0]?.end();

  beforeEach(() => {
    [told, pauses] = [[], []];
    ends = new Map([['planning 0', 0]]);
    [words, asked] = [[], 0];
    const bus = {
      publishProgress: async (_: string, position: string, said?: EndOffsets) => {
        told.push(position);
        words.push(said && Object.fromEntries(said));
      },
      endOffsets: async () => ((asked += 1), ends),
    };
    publisher = new ProgressPublisher({ source: '/services/planning', topics: ['planning'], bus, sleep });
  });

  it('tells of what others wait for after a moment, with all that came meanwhile', async () => {
    publisher.published(new Map());
    publisher.publish(at(1), running);
    await pausesOf(25);
    for (const place of [2, 3]) {
      publisher.published(new Map());
      publisher.publish(at(place), running);
    }
    endPause();
    await pausesOf(25);
    expect(told).toEqual([at(1), at(3)]);
  });

  it('tells of what concerns others alone now and then, and at once when its own comes after it', async () => {
    publisher.publish(at(1), running);
    await pausesOf(25);
    endPause();
    await pausesOf(500);
    publisher.publish(at(2), running);
    publisher.published(new Map());
    // What was published counts once a position behind it is told of.
    publisher.publish(at(3), running);
    await until(() => told.length === 2);
    expect(told).toEqual([at(1), at(3)]);
    await pausesOf(25);
    endPause();
    await pausesOf(500);
    publisher.publish(at(4), running);
    expect([told.length, pauses.length]).toEqual([2, 1]);
    endPause();
    await until(() => told.at(-1) === at(4));
  });

  describe('and where all of it lies on the bus', () => {
    const run = async (place: number, running: AbortSignal, ...published: readonly EndOffsets[]) => {
      for (const each of published) publisher.published(each);
      const before = told.length;
      publisher.publish(at(place), running);
      while (told.length === before) {
        endPause();
        await new Promise((resolve) => setImmediate(resolve));
      }
      return words.at(-1);
    };

    it('which the bus is asked for once, and then is known from what was published', async () => {
      ends = new Map([
        ['planning 0', 7],
        ['planning 1', 2],
      ]);
      expect(await run(1, running)).toEqual({ 'planning 0': 7, 'planning 1': 2 });
      const published = await run(2, running, new Map([['planning 1', 5]]), new Map([['planning 1', 4]]));
      expect(published).toEqual({ 'planning 0': 7, 'planning 1': 5 });
      expect(asked).toBe(1);
    });

    it('and is asked again after a stop, since another may have published for the service meanwhile', async () => {
      const [first, second] = [new AbortController(), new AbortController()];
      await run(1, first.signal, new Map([['planning 0', 3]]));
      first.abort();
      ends = new Map([['planning 0', 9]]);
      expect(await run(2, second.signal)).toEqual({ 'planning 0': 9 });
      expect(asked).toBe(2);
    });
  });
});
