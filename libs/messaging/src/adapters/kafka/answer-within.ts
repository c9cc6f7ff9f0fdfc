import { withTimeout } from '@waymark/async';
import { BusUnavailable, BusUnusable } from '../../bus.js';

/**
 * The client's answer, if it comes in time; one that comes later is not heard.
 * @throws BusUnavailable when it is late, or with what the client threw as its cause
 * @throws BusUnusable as it was thrown
 */
export const answerWithin = async <T>(timeoutMs: number, what: string, answer: Promise<T>): Promise<T> => {
  try {
    return await withTimeout(timeoutMs, answer);
  } catch (cause) {
    throw cause instanceof BusUnavailable || cause instanceof BusUnusable ? cause : new BusUnavailable(what, { cause });
  }
};

/** Waits at most so long, whether the work ends well or not. */
export const waitAtMost = (timeoutMs: number, work: Promise<unknown>): Promise<void> =>
  withTimeout(timeoutMs, work).then(
    () => undefined,
    () => undefined,
  );
