import { setTimeout as delay } from 'node:timers/promises';

/** Waits; ends early and without an error when the signal aborts. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

/** Sleeps in real time. What may be simulated takes a `Sleep` and a clock instead. */
export const realSleep: Sleep = (ms, signal) => delay(ms, undefined, signal ? { signal } : {}).catch(() => undefined);

/** The same, without keeping the process alive for it. */
export const idleSleep: Sleep = (ms, signal) => delay(ms, undefined, { ref: false, ...(signal ? { signal } : {}) }).catch(() => undefined);

/** Milliseconds of a clock that nobody sets. */
export const monotonicMs = (): number => performance.now();

/**
 * The result of some work, if it comes in time. What is late goes on in the background, and is not heard of again.
 * @param late makes the error for work that is late
 * @throws what the work throws, or what `late` makes
 */
export const withTimeout = async <T>(timeoutMs: number, work: Promise<T>, late: () => Error = () => tooLate(timeoutMs)): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const timeIsUp = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), timeoutMs);
  });
  try {
    return await Promise.race([work, timeIsUp]);
  } finally {
    clearTimeout(timer);
  }
};

const tooLate = (timeoutMs: number): Error => new Error(`no answer within ${timeoutMs} ms`);

/** The result of some work, or `otherwise` as soon as the signal aborts. @throws what the work throws before that */
export const unlessAborted = <T>(work: Promise<T>, signal: AbortSignal, otherwise: T): Promise<T> =>
  new Promise((resolve, reject) => {
    const stop = () => resolve(otherwise);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });

const pollEveryMs = 15;

export interface Polling {
  readonly timeoutMs: number;
  readonly sleep: Sleep;
  readonly monotonicMs: () => number;
  /** Resolves when the condition may have changed: it is looked at then, too. */
  readonly nextChange?: () => Promise<void>;
}

/** Looks every 15 ms whether a condition holds. @returns false when the time was up first. @throws what the look throws */
export const pollUntil = async (
  holds: () => Promise<boolean>,
  { timeoutMs, sleep, monotonicMs, nextChange }: Polling,
): Promise<boolean> => {
  const endMs = monotonicMs() + timeoutMs;
  for (;;) {
    // Asked for before the look, so that a change in between is not missed.
    const change = nextChange?.();
    if (await holds()) return true;
    if (monotonicMs() >= endMs) return false;
    const pause = sleep(pollEveryMs);
    await (change ? Promise.race([change, pause]) : pause);
  }
};
