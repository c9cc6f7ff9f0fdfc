/** Wakes whoever waits. A listener notes the count before it looks, so that nothing that happens in between is missed. */
export class Bell {
  private readonly waiting = new Set<() => void>();
  private rings = 0;

  get count(): number {
    return this.rings;
  }

  /** Resolves at the first ring after `count`, or when the signal aborts. */
  after(count: number, signal: AbortSignal): Promise<void> {
    if (this.rings > count || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        this.waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.waiting.add(done);
      signal.addEventListener('abort', done);
    });
  }

  ring(): void {
    this.rings += 1;
    for (const wake of [...this.waiting]) wake();
  }
}

/** A bell for each topic. */
export class Bells {
  private readonly bells = new Map<string, Bell>();

  of(topic: string): Bell {
    const bell = this.bells.get(topic) ?? new Bell();
    this.bells.set(topic, bell);
    return bell;
  }
}
