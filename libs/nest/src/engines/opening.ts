import { pauseMs } from '@waymark/async';
import { StoreUnavailable } from '@waymark/event-store';
import { KeysUnavailable } from '@waymark/keys';
import { LeasesUnavailable } from '@waymark/leases';
import { BusUnavailable } from '@waymark/messaging';
import { ReadModelUnavailable } from '@waymark/read-model';

/** Called while an engine does not answer, with its name and the reason. */
export type Waiting = (engine: string, why: string) => void;

interface Closable {
  close(): Promise<unknown>;
}

interface TimeBudget {
  readonly waiting: Waiting;
  readonly sleep: (ms: number) => Promise<void>;
}

const unavailable = [StoreUnavailable, KeysUnavailable, LeasesUnavailable, BusUnavailable, ReadModelUnavailable];
const betweenTries = { firstPauseMs: 250, longestPauseMs: 10_000 };

/**
 * Opens engines one after the other. One that does not answer is tried again without end, with growing pauses; one that answers but cannot be used is an
 * error. What was opened is closed again when a later one fails.
 */
export class Opening {
  private readonly opened: Closable[] = [];

  constructor(private readonly patience: TimeBudget) {}

  async open<T extends Closable>(engine: string, open: () => Promise<T>): Promise<T> {
    const part = await this.persistently(engine, open);
    this.opened.push(part);
    return part;
  }

  /** Sends a request to an engine that is open already, until it answers. */
  async persistently<T>(engine: string, ask: () => Promise<T>): Promise<T> {
    for (let failures = 1; ; failures += 1) {
      try {
        return await ask();
      } catch (error) {
        if (!unavailable.some((one) => error instanceof one)) throw error;
        this.patience.waiting(engine, (error as Error).message);
      }
      await this.patience.sleep(pauseMs(betweenTries, failures));
    }
  }

  async undo(): Promise<void> {
    for (const part of this.opened.reverse()) await part.close().catch(() => undefined);
  }
}
