// Load at a pace of its own: a late answer holds up nothing that comes after it, so that what is slow shows as slow.
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Sends the n-th of `count` at its own moment, whatever has become of the others. Resolves when all are answered.
 * @param {{ count: number, perSecond: number, send: (n: number) => Promise<void> }} load
 * @returns {Promise<void>} @throws what the first send that failed threw
 */
export const openLoop = async ({ count, perSecond, send }) => {
  const beganAt = performance.now();
  const sent = [];
  for (let n = 0; n < count; n += 1) {
    const waitMs = beganAt + (n * 1000) / perSecond - performance.now();
    if (waitMs > 0) await sleep(waitMs);
    const one = send(n);
    // Told by `all` at the end; until then nobody listens, and a process ends by a rejection that nobody hears.
    one.catch(() => undefined);
    sent.push(one);
  }
  // All are waited for, so that nothing is asked of what is being ended.
  const failed = (await Promise.allSettled(sent)).find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
};

/**
 * The smallest value that so large a share of all do not exceed.
 * @param {readonly number[]} values at least one
 * @param {number} share 0.99 for p99
 */
export const percentile = (values, share) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)];
};
