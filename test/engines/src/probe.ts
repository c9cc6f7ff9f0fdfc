import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from './messages.js';

const PAUSE_MS = 100;

/** No waiting makes it answer. */
export class EngineEnded extends Error {}

/**
 * Asks until it is answered.
 * @throws after limitMs, with what the last attempt said; at once what is {@link EngineEnded}
 */
export const untilAnswered = async <T>(what: string, ask: () => Promise<T>, limitMs: number): Promise<T> => {
  const end = performance.now() + limitMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof EngineEnded) throw error;
      if (performance.now() > end)
        throw new Error(`${what} did not answer within ${limitMs / 1000} s: ${messageOf(error)}`, { cause: error });
      await sleep(PAUSE_MS);
    }
  }
};
