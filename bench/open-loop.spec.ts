import { describe, expect, it } from '@jest/globals';
import { openLoop, percentile } from './open-loop.mjs';

describe('load at a pace of its own', () => {
  it('sends at its own moments, whatever is not answered yet', async () => {
    const sentAtMs: number[] = [];
    let answer: () => void = () => undefined;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    const beganAtMs = performance.now();
    const send = (n: number) => {
      sentAtMs.push(performance.now() - beganAtMs);
      if (n === 9) answer();
      return answered;
    };
    await openLoop({ count: 10, perSecond: 100, send });
    expect(sentAtMs).toHaveLength(10);
    expect(sentAtMs.every((atMs, n) => atMs >= n * 10 - 2)).toBe(true);
  });

  it('tells what a send failed with, after the rest', async () => {
    let done = 0;
    const send = async (n: number) => {
      if (n === 1) throw new Error('refused');
      done += 1;
    };
    await expect(openLoop({ count: 4, perSecond: 1_000, send })).rejects.toThrow('refused');
    expect(done).toBe(3);
  });
});

describe('a percentile', () => {
  it('is the smallest value that so large a share does not exceed', () => {
    const values = Array.from({ length: 500 }, (_, n) => 500 - n);
    expect([percentile(values, 0.5), percentile(values, 0.99), percentile(values, 1)]).toEqual([250, 495, 500]);
    expect(percentile([7], 0.99)).toBe(7);
  });
});
