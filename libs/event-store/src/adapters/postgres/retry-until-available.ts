import { setTimeout as delay } from 'node:timers/promises';
import { StoreUnavailable } from '../../event-log.js';

const firstPauseMs = 50;
const longestPauseMs = 2_000;

const isAway = (error: unknown): boolean => error instanceof StoreUnavailable && error.reason !== 'closed';

/**
 * Does something until the server answers, with growing pauses; `otherwise` when the signal says stop before that, however long the server takes.
 * @throws whatever waiting would not mend
 */
export const patiently = async <T>(work: () => Promise<T>, signal: AbortSignal, otherwise: T): Promise<T> => {
  for (let pauseMs = firstPauseMs; !signal.aborted; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      return await untilAborted(work(), signal, otherwise);
    } catch (error) {
      if (!isAway(error)) throw error;
    }
    await delay(pauseMs, undefined, { signal }).catch(() => undefined);
  }
  return otherwise;
};

const untilAborted = <T>(work: Promise<T>, signal: AbortSignal, otherwise: T): Promise<T> =>
  new Promise((resolve, reject) => {
    const stop = () => resolve(otherwise);
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
