import { pauseMs, realSleep, unlessAborted } from '@waymark/async';
import { StoreUnavailable } from '../../event-log.js';

const betweenTries = { firstPauseMs: 50, longestPauseMs: 2_000 };

const isAway = (error: unknown): boolean => error instanceof StoreUnavailable && error.reason !== 'closed';

/**
 * Tries until the server answers, with growing pauses; `otherwise` when the signal says stop before that, however long the server takes.
 * @throws whatever waiting would not change
 */
export const retryUntilAvailable = async <T>(work: () => Promise<T>, signal: AbortSignal, otherwise: T): Promise<T> => {
  for (let failures = 1; !signal.aborted; failures += 1) {
    try {
      return await unlessAborted(work(), signal, otherwise);
    } catch (error) {
      if (!isAway(error)) throw error;
    }
    await realSleep(pauseMs(betweenTries, failures), signal);
  }
  return otherwise;
};
