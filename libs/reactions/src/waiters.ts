import type { After } from '@waymark/event-store';
import { realSleep } from './ambient.js';
import { reached } from './position.js';

/** Those who wait for a position. Their patience is a caller's, an HTTP request's: it runs in real time whatever the platform's clock does. */
export class Waiters {
  private readonly waiting = new Set<{ readonly position: After; readonly wake: () => void }>();

  tell(seen: After): void {
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
    const told = new Promise<void>((resolve) => {
      const waiter = {
        position,
        wake: () => {
          woken = true;
          resolve();
        },
      };
      this.waiting.add(waiter);
      over.signal.addEventListener('abort', () => this.waiting.delete(waiter));
    });
    await Promise.race([told, realSleep(timeoutMs, over.signal)]);
    over.abort();
    return woken;
  }
}
