/** Lets callers on the same key go one after the other, so that neighbours in one process do not race each other in vain. */
export class Turns {
  readonly #last = new Map<string, Promise<void>>();

  async take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key);
    let done!: () => void;
    const own = new Promise<void>((resolve) => (done = resolve));
    this.#last.set(key, own);
    try {
      if (before) await before;
      return await work();
    } finally {
      if (this.#last.get(key) === own) this.#last.delete(key);
      done();
    }
  }
}
