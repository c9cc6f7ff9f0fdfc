import { beforeEach, describe, expect, it } from '@jest/globals';
import type { After } from '@waymark/event-store';
import { until } from '../test/events.js';
import type { Ends } from '@waymark/messaging';
import { ProgressTeller } from './progress-teller.js';

const at = (place: number) => String(place).padStart(16, '0') as After;

describe('a teller of progress', () => {
  let told: string[];
  let words: (Record<string, number> | undefined)[];
  /** Of the topic as the bus knows them, and how often it was asked. */
  let ends: Ends;
  let asked: number;
  /** The pauses that are not over, with what ends each. */
  let pauses: { readonly ms: number; readonly end: () => void }[];
  let teller: ProgressTeller;
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
      tellProgress: async (_: string, position: string, said?: Ends) => {
        told.push(position);
        words.push(said && Object.fromEntries(said));
      },
      ends: async () => ((asked += 1), ends),
    };
    teller = new ProgressTeller({ source: '/services/planning', topics: ['planning'], bus, sleep });
  });

  it('tells of what others wait for after a moment, with all that came meanwhile', async () => {
    teller.published(new Map());
    teller.tell(at(1), running);
    await pausesOf(25);
    for (const place of [2, 3]) {
      teller.published(new Map());
      teller.tell(at(place), running);
    }
    endPause();
    await pausesOf(25);
    expect(told).toEqual([at(1), at(3)]);
  });

  it('tells of what concerns others alone now and then, and at once when its own comes after it', async () => {
    teller.tell(at(1), running);
    await pausesOf(25);
    endPause();
    await pausesOf(500);
    teller.tell(at(2), running);
    teller.published(new Map());
    // What was published counts once a position behind it is told of.
    teller.tell(at(3), running);
    await until(() => told.length === 2);
    expect(told).toEqual([at(1), at(3)]);
    await pausesOf(25);
    endPause();
    await pausesOf(500);
    teller.tell(at(4), running);
    expect([told.length, pauses.length]).toEqual([2, 1]);
    endPause();
    await until(() => told.at(-1) === at(4));
  });

  describe('and where all of it lies on the bus', () => {
    const run = async (place: number, running: AbortSignal, ...published: readonly Ends[]) => {
      for (const each of published) teller.published(each);
      const before = told.length;
      teller.tell(at(place), running);
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
