/** Runs one piece of work at a time, in the order of asking. A piece that fails holds up nobody. Not re-entrant: work that asks again waits for itself. */
export class Mutex {
  #last: Promise<void> | undefined;

  /** Begins at once when nothing else runs. @throws what the work throws */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#last;
    let release!: () => void;
    const own = new Promise<void>((resolve) => (release = resolve));
    this.#last = own;
    try {
      if (before) await before;
      return await work();
    } finally {
      if (this.#last === own) this.#last = undefined;
      release();
    }
  }
}

/** A mutex for each key. Different keys do not wait for each other, and a key that nobody uses takes no memory. Not made of mutexes, which would cost twice. */
export class KeyedMutex<K = string> {
  readonly #last = new Map<K, Promise<void>>();

  /** Begins at once when nothing else runs under the key. @throws what the work throws */
  async run<T>(key: K, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key);
    let release!: () => void;
    const own = new Promise<void>((resolve) => (release = resolve));
    this.#last.set(key, own);
    try {
      if (before) await before;
      return await work();
    } finally {
      if (this.#last.get(key) === own) this.#last.delete(key);
      release();
    }
  }

  /** Resolves when all that was asked for by now has ended, whatever its key. */
  async idle(): Promise<void> {
    await Promise.all(this.#last.values());
  }
}

/**
 * Limits how much work runs at once, where pieces have different weights. First come, first served: a light piece does not overtake a heavy one, which would
 * otherwise wait for ever. A piece heavier than the limit runs alone.
 */
export class Semaphore {
  #taken = 0;
  readonly #waiting: { readonly weight: number; readonly begin: () => void }[] = [];

  /** @param limit of the weights of all that runs at once */
  constructor(private readonly limit: number) {}

  /** @throws what the work throws */
  async run<T>(weight: number, work: () => Promise<T>): Promise<T> {
    if (this.#waiting.length > 0 || !this.#fits(weight)) await new Promise<void>((begin) => this.#waiting.push({ weight, begin }));
    else this.#taken += weight;
    try {
      return await work();
    } finally {
      this.#taken -= weight;
      this.#beginNext();
    }
  }

  #fits(weight: number): boolean {
    return this.#taken === 0 || this.#taken + weight <= this.limit;
  }

  #beginNext(): void {
    for (let next = this.#waiting[0]; next && this.#fits(next.weight); next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#taken += next.weight;
      next.begin();
    }
  }
}
