import { BusUnavailable, BusUnusable } from '../../bus.js';

/**
 * @throws BusUnavailable when the time is up, or with what the work threw as its cause; `work` may go on in the background and is not heard of again
 * @throws BusUnusable as the work threw it
 */
export const within = async <T>(timeoutMs: number, what: string, work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } catch (cause) {
    throw cause instanceof BusUnavailable || cause instanceof BusUnusable ? cause : new BusUnavailable(what, { cause });
  } finally {
    clearTimeout(timer);
  }
};

/** Waits at most so long, and does not mind how it ends. */
export const atMost = (timeoutMs: number, work: Promise<unknown>): Promise<void> =>
  within(timeoutMs, '', work).then(
    () => undefined,
    () => undefined,
  );
