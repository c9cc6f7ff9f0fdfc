import { setTimeout as delay } from 'node:timers/promises';
import type { After } from '@waymark/event-store';
import { reached } from '../core/checkpoint.js';

/** Somebody's patience does not keep the process alive. */
const timeIsUp = (ms: number, signal: AbortSignal): Promise<void> => delay(ms, undefined, { signal, ref: false }).catch(() => undefined);

/** Those who wait for a position. Their patience is a caller's, an HTTP request's: it runs in real time whatever the platform's clock does. */
export class PositionWaiters {
  private readonly waiting = new Set<{ readonly position: After; readonly wake: () => void }>();
  private arrival = new AbortController();

  /** Aborted once somebody waits; those who have come and gone do not count. */
  arrived(): AbortSignal {
    if (this.waiting.size === 0 && this.arrival.signal.aborted) this.arrival = new AbortController();
    return this.arrival.signal;
  }

  wake(seen: After): void {
    for (const waiter of [...this.waiting]) {
      if (!reached(seen, waiter.position)) continue;
      this.waiting.delete(waiter);
      waiter.wake();
    }
  }

  /** False when the time was up first. */
  async wait(position: After, timeoutMs: number): Promise<boolean> {
    const over = new AbortController();
    let woken = false;
    const woke = new Promise<void>((resolve) => {
      const waiter = {
        position,
        wake: () => {
          woken = true;
          resolve();
        },
      };
      this.waiting.add(waiter);
      this.arrival.abort();
      over.signal.addEventListener('abort', () => this.waiting.delete(waiter));
    });
    await Promise.race([woke, timeIsUp(timeoutMs, over.signal)]);
    over.abort();
    return woken;
  }
}
