import { pauseMs, type Sleep } from '@waymark/async';
import { foreverRetry } from '../core/retries.js';

export interface DeferredCheckpointOptions {
  readonly withinMs: number;
  readonly sleep: Sleep;
  readonly isStored: () => boolean;
  readonly store: () => Promise<void>;
  readonly onFailure: (error: unknown) => void;
}

/** Notes how far work has come, a little later and once for all of it. */
export class DeferredCheckpoint {
  private running: Promise<void> | undefined;

  constructor(private readonly options: DeferredCheckpointOptions) {}

  /** Sees to it that what was done is noted soon; after the signal that is who stops the work's business. */
  soon(signal: AbortSignal): void {
    if (!this.running && !this.options.isStored()) this.running = this.run(signal);
  }

  /** Resolves when no checkpoint is being stored any more. */
  async idle(): Promise<void> {
    await this.running;
  }

  /** An engine that is away is tried again: nothing else may come that would store it. */
  private async run(signal: AbortSignal): Promise<void> {
    const { withinMs, sleep, isStored, store, onFailure } = this.options;
    for (let pause = withinMs, failures = 1; !signal.aborted && !isStored(); failures += 1) {
      await sleep(pause, signal);
      if (signal.aborted) break;
      await store().catch(onFailure);
      pause = pauseMs(foreverRetry, failures);
    }
    // In the moment in which all was found stored: what is done next is another's to store.
    this.running = undefined;
  }
}
