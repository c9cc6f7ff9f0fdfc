import { setTimeout as delay } from 'node:timers/promises';

/** Waits; ends early and without an error when the signal aborts. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

/** The one place of this library that touches the real passing of time; simulations inject their own. */
export const realSleep: Sleep = (ms, signal) => delay(ms, undefined, signal ? { signal } : {}).catch(() => undefined);
export const monotonicMs = (): number => performance.now();
