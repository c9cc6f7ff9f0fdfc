import { idleSleep } from './time.js';

/** Work that goes on from `start` until `stop`. Starting or stopping twice does nothing more. */
export class BackgroundTask {
  #stopping: AbortController | undefined;
  #ended: Promise<void> = Promise.resolve();

  /** @param work ends soon after its signal aborts, and handles its own errors */
  constructor(private readonly work: (signal: AbortSignal) => Promise<void>) {}

  /** Aborted once the work is asked to stop; undefined while there is none. */
  get signal(): AbortSignal | undefined {
    return this.#stopping?.signal;
  }

  start(): void {
    if (this.#stopping) return;
    this.#stopping = new AbortController();
    this.#ended = this.work(this.#stopping.signal);
  }

  /** Resolves when the work has ended. @throws what the work threw */
  async stop(): Promise<void> {
    this.#stopping?.abort();
    await this.#ended;
    this.#stopping = undefined;
  }
}

export interface Periodically {
  readonly everyMs: number;
  readonly signal: AbortSignal;
  readonly onFailure: (error: unknown) => void;
}

/**
 * Does something again and again, with a pause before each time, until the signal aborts; resolves after the last time. In real time, whatever the platform's
 * clock does, and without keeping the process alive. A failure is reported, and ends nothing.
 */
export const runPeriodically = async (work: () => Promise<void>, { everyMs, signal, onFailure }: Periodically): Promise<void> => {
  for (;;) {
    await idleSleep(everyMs, signal);
    if (signal.aborted) return;
    await work().catch(onFailure);
  }
};
