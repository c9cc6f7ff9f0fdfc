import { describe, expect, it } from '@jest/globals';
import { pauseMs, retry } from './retry.js';

const backoff = { firstPauseMs: 50, longestPauseMs: 300 };

describe('trying again', () => {
  const failing = (times: number) => {
    const slept: number[] = [];
    let tries = 0;
    const work = async () => {
      tries += 1;
      if (tries <= times) throw new Error(`try ${tries}`);
      return tries;
    };
    return { slept, work, sleep: async (ms: number) => void slept.push(ms) };
  };

  it('pauses twice as long from failure to failure, up to the longest pause', () => {
    expect([1, 2, 3, 4, 50, 5_000].map((failures) => pauseMs(backoff, failures))).toEqual([50, 100, 200, 300, 300, 300]);
  });

  it('gives the first result', async () => {
    const { work, slept, sleep } = failing(3);
    expect(await retry(work, { attempts: 5, ...backoff, isWorthAnother: () => true, sleep })).toBe(4);
    expect(slept).toEqual([50, 100, 200]);
  });

  it('gives up after so many attempts, with the last error', async () => {
    const { work, slept, sleep } = failing(3);
    await expect(retry(work, { attempts: 3, ...backoff, isWorthAnother: () => true, sleep })).rejects.toThrow('try 3');
    expect(slept).toHaveLength(2);
  });

  it('does not try again what would end the same', async () => {
    const { work, slept, sleep } = failing(1);
    await expect(retry(work, { attempts: 3, ...backoff, isWorthAnother: () => false, sleep })).rejects.toThrow('try 1');
    expect(slept).toEqual([]);
  });

  it('ends when it is told to stop during a pause', async () => {
    const stop = new AbortController();
    const { work } = failing(5);
    const sleep = async () => stop.abort();
    const { signal } = stop;
    await expect(retry(work, { attempts: Infinity, ...backoff, isWorthAnother: () => true, sleep, signal })).rejects.toThrow('try 1');
  });
});
