import { setTimeout as sleep } from 'node:timers/promises';
import { NoAnswer } from './errors.js';

/** The work's result, if it comes in time. What is late is left to itself. @throws NoAnswer */
export const within = async <T>(ms: number, work: Promise<T>): Promise<T> => {
  const stop = new AbortController();
  const late = sleep(ms, undefined, { signal: stop.signal }).then(() => {
    throw new NoAnswer(`no answer within ${ms} ms`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    stop.abort();
  }
};

/** Waits, but not beyond the signal. */
export const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
};
