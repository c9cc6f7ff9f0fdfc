import { beforeEach, describe, expect, it } from '@jest/globals';
import type { After } from '@waymark/event-store';
import { until } from '../test/events.js';
import { ProgressTeller } from './progress-teller.js';

const at = (place: number) => String(place).padStart(16, '0') as After;

describe('a teller of progress', () => {
  let told: string[];
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
    teller = new ProgressTeller('/services/planning', { tellProgress: async (_, position) => void told.push(position) }, sleep);
  });

  it('tells of what others wait for after a moment, with all that came meanwhile', async () => {
    teller.awaited();
    teller.tell(at(1), running);
    await pausesOf(25);
    for (const place of [2, 3]) {
      teller.awaited();
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
    teller.awaited();
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
});
