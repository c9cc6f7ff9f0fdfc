/**
 * Wakes whoever waits for something to change, without polling. A listener notes `count`, or asks for `nextChange`, before it looks at the thing itself, so
 * that a change in between is not missed. (Not an AbortSignal: it fires again and again.)
 */
export class Signal {
  readonly #waiting = new Set<() => void>();
  #count = 0;
  #next: { readonly change: Promise<void>; readonly resolve: () => void } | undefined;

  /** How many changes there have been. */
  get count(): number {
    return this.#count;
  }

  notify(): void {
    this.#count += 1;
    this.#next?.resolve();
    this.#next = undefined;
    if (this.#waiting.size === 0) return;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }

  /** Resolves once there have been more changes than `count`, or when `abort` fires. */
  changedSince(count: number, abort: AbortSignal): Promise<void> {
    if (this.#count !== count || abort.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        abort.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      abort.addEventListener('abort', wake, { once: true });
    });
  }

  /** The next change. One promise for all who ask before it: they may ask often and go away without leaving anything behind. */
  nextChange(): Promise<void> {
    this.#next ??= pending();
    return this.#next.change;
  }
}

const pending = () => {
  let resolve!: () => void;
  const change = new Promise<void>((done) => (resolve = done));
  return { change, resolve };
};
