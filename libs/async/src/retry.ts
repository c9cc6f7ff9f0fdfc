import { realSleep, type Sleep } from './time.js';

/** Pauses that double from failure to failure. */
export interface Backoff {
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

/** How often something is tried, and how long the pauses in between are. */
export interface Retry extends Backoff {
  /** At least 1. */
  readonly attempts: number;
}

/** The pause after the n-th failure in a row. */
export const pauseMs = ({ firstPauseMs, longestPauseMs }: Backoff, failures: number): number =>
  Math.min(firstPauseMs * 2 ** Math.min(failures - 1, 20), longestPauseMs);

export interface Retrying extends Retry {
  /** Whether another try may end differently. */
  readonly isWorthAnother: (error: unknown) => boolean;
  /** Ends the pauses, and with them the tries. */
  readonly signal?: AbortSignal;
  readonly sleep?: Sleep;
}

/** @throws the last error: when it is not worth another try, the attempts are used up, or the signal aborted */
export const retry = async <T>(
  work: () => Promise<T>,
  { attempts, isWorthAnother, signal, sleep = realSleep, ...backoff }: Retrying,
): Promise<T> => {
  for (let failures = 1; ; failures += 1) {
    try {
      return await work();
    } catch (error) {
      if (failures >= attempts || !isWorthAnother(error)) throw error;
      await sleep(pauseMs(backoff, failures), signal);
      if (signal?.aborted) throw error;
    }
  }
};
