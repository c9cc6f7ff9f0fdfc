/** Wakes whoever waits. A listener notes the count, or asks for the next ring, before it looks, so that nothing that happens in between is missed. */
export class Bell {
  private readonly waiting = new Set<() => void>();
  private rings = 0;
  private awaited: { readonly ring: Promise<void>; readonly tell: () => void } | undefined;

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

  /** The next ring: one promise for all who ask before it, since they may ask often and leave. */
  next(): Promise<void> {
    this.awaited ??= promised();
    return this.awaited.ring;
  }

  ring(): void {
    this.rings += 1;
    this.awaited?.tell();
    this.awaited = undefined;
    for (const wake of [...this.waiting]) wake();
  }
}

const promised = () => {
  let tell = (): void => undefined;
  const ring = new Promise<void>((resolve) => (tell = resolve));
  return { ring, tell };
};

/** A bell for each topic. */
export class Bells {
  private readonly bells = new Map<string, Bell>();

  of(topic: string): Bell {
    const bell = this.bells.get(topic) ?? new Bell();
    this.bells.set(topic, bell);
    return bell;
  }
}
