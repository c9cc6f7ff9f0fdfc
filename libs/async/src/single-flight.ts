/**
 * Runs the same work once for all who ask for it. Nobody is given a run that began before they asked, as a plain single flight would do: whoever asks while one
 * is on its way shares the next one. So an answer is never older than its question, and a flush covers what was written before it was asked for.
 */
export class SingleFlight<T> {
  #running: Promise<T> | undefined;
  #next: Promise<T> | undefined;

  constructor(private readonly work: () => Promise<T>) {}

  /** Begins a microtask later at the earliest, so that all who ask in one go share a run. @throws what the work throws, to all who share it */
  run(): Promise<T> {
    return (this.#next ??= this.#afterRunning());
  }

  /** Resolves when nobody waits any more. */
  async idle(): Promise<void> {
    await Promise.allSettled([this.#running, this.#next]);
  }

  async #afterRunning(): Promise<T> {
    await this.#running?.catch(() => undefined);
    this.#next = undefined;
    const running = this.work();
    this.#running = running;
    return running;
  }
}
