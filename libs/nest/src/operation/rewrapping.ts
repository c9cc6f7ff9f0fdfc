import { realSleep } from '@waymark/async';
import type { MasterKeys } from '@waymark/keys';
import { troubleOf } from '@waymark/event-processing';
import type { Logger } from 'pino';

const atOnce = 200;
const betweenMs = 20;
const pauseMs = 5_000;

/** Wraps keys anew, some at a time, until none is left under an older master key. A start carries on what the last process left. */
export class Rewrapping {
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;

  constructor(
    private readonly master: MasterKeys | undefined,
    private readonly logger: Logger,
  ) {}

  /** Begins, or goes on where it is at work. */
  start(): void {
    if (!this.master || this.#running) return;
    this.#running = this.#run(this.master).finally(() => (this.#running = undefined));
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(master: MasterKeys): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        const { done, left } = await master.rewrap(atOnce);
        if (done) return;
        await realSleep(left > 0 ? betweenMs : pauseMs, signal);
      } catch (error) {
        this.logger.warn(troubleOf(error), 'keys cannot be wrapped anew now; it is tried again');
        await realSleep(pauseMs, signal);
      }
    }
  }
}
