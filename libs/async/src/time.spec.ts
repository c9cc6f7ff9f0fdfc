import { describe, expect, it } from '@jest/globals';
import { idleSleep, pollUntil, realSleep, unlessAborted, withTimeout } from './time.js';

const never = new Promise<void>(() => undefined);

describe('sleeping', () => {
  it.each([realSleep, idleSleep])('ends early, and without an error, when it is told to stop', async (sleep) => {
    const stop = new AbortController();
    const sleeping = sleep(60_000, stop.signal);
    stop.abort();
    await sleeping;
    await sleep(60_000, stop.signal);
    await sleep(1);
  });
});

describe('a timeout', () => {
  it('gives what comes in time, or throws what the work throws', async () => {
    expect(await withTimeout(60_000, Promise.resolve('in time'))).toBe('in time');
    await expect(withTimeout(60_000, Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });

  it('throws once the time is up, what the caller says', async () => {
    await expect(withTimeout(1, never)).rejects.toThrow('no answer within 1 ms');
    await expect(withTimeout(1, never, () => new RangeError('late'))).rejects.toThrow(RangeError);
  });
});

describe('work that somebody may give up waiting for', () => {
  it('is answered otherwise as soon as they do', async () => {
    const stop = new AbortController();
    const waiting = unlessAborted<string | void>(never, stop.signal, 'otherwise');
    stop.abort();
    expect(await waiting).toBe('otherwise');
    expect(await unlessAborted<string | void>(never, stop.signal, 'at once')).toBe('at once');
  });

  it('gives its result, or its error, while they wait', async () => {
    const { signal } = new AbortController();
    expect(await unlessAborted(Promise.resolve('done'), signal, 'otherwise')).toBe('done');
    await expect(unlessAborted(Promise.reject(new Error('broken')), signal, undefined)).rejects.toThrow('broken');
  });
});

describe('polling', () => {
  const sleepless = { timeoutMs: 1_000, sleep: () => never, monotonicMs: () => 0 };

  it('looks again when something changes, also where it did so during the look', async () => {
    let change = (): void => undefined;
    const nextChange = () => new Promise<void>((resolve) => (change = resolve));
    let looks = 0;
    const holds = async () => {
      looks += 1;
      change();
      await Promise.resolve();
      return looks === 3;
    };
    expect(await pollUntil(holds, { ...sleepless, nextChange })).toBe(true);
    expect(looks).toBe(3);
  });

  it('looks again from time to time where nothing says that it changed, until its time is up', async () => {
    let nowMs = 0;
    let looks = 0;
    const sleep = async (ms: number) => void (nowMs += ms);
    const holds = async () => (looks += 1) > 1_000;
    expect(await pollUntil(holds, { timeoutMs: 100, sleep, monotonicMs: () => nowMs, nextChange: () => never })).toBe(false);
    expect(looks).toBeGreaterThan(5);
  });
});
