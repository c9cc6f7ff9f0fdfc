import { describe, expect, it } from '@jest/globals';
import { until } from './seen-elsewhere.js';

describe('waiting until something is so', () => {
  const never = new Promise<void>(() => undefined);
  const sleepless = { timeoutMs: 1_000, sleep: () => never, monotonicMs: () => 0 };

  it('looks again when something stirs, also where it did so during the look', async () => {
    let stir = (): void => undefined;
    const stirred = () => new Promise<void>((resolve) => (stir = resolve));
    let looks = 0;
    const holds = async () => {
      looks += 1;
      stir();
      await Promise.resolve();
      return looks === 3;
    };
    expect(await until(holds, { ...sleepless, stirred })).toBe(true);
    expect(looks).toBe(3);
  });

  it('looks now and then where nothing stirs, until its time is up', async () => {
    let nowMs = 0;
    let looks = 0;
    const sleep = async (ms: number) => void (nowMs += ms);
    const holds = async () => (looks += 1) > 1_000;
    expect(await until(holds, { timeoutMs: 100, sleep, monotonicMs: () => nowMs, stirred: () => never })).toBe(false);
    expect(looks).toBeGreaterThan(5);
  });
});
