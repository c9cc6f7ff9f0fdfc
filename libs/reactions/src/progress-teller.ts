import type { After } from '@waymark/event-store';
import type { Bus } from '@waymark/messaging';
import type { Sleep } from './ambient.js';
import { foreverRetry, pauseMs } from './retry.js';

const betweenTellingsMs = 25;
/** Past events of others alone: whoever waits sees in the record that nothing is owed. */
const betweenIdleTellingsMs = 500;

/** Tells the bus how far a relay has come: the newest position, not each, and never in the way of publishing. */
export class ProgressTeller {
  private newest: After = 'start';
  private told: After = 'start';
  private telling = false;
  private isAwaited = false;
  /** Aborted once there is a position that others wait for. */
  private urgent = new AbortController();

  constructor(
    private readonly source: string,
    private readonly bus: Pick<Bus, 'tellProgress'>,
    private readonly sleep: Sleep,
  ) {}

  /** The next position lies behind events of the service itself: until it is told, others wait. */
  awaited(): void {
    this.isAwaited = true;
  }

  tell(position: After, signal: AbortSignal): void {
    if (position === 'start') return;
    this.newest = position;
    if (this.isAwaited) this.urgent.abort();
    this.isAwaited = false;
    if (!this.telling) void this.catchUp(signal);
  }

  /** A bus that is away is told later; until then others wait a little longer than they need. */
  private async catchUp(signal: AbortSignal): Promise<void> {
    this.telling = true;
    for (let failures = 0; this.told !== this.newest && !signal.aborted;) {
      const position = this.newest;
      const urgent = (this.urgent = new AbortController());
      try {
        await this.bus.tellProgress(this.source, position);
        this.told = position;
        failures = 0;
        await this.sleep(betweenTellingsMs, signal);
        await this.sleep(betweenIdleTellingsMs, AbortSignal.any([signal, urgent.signal]));
      } catch {
        failures += 1;
        await this.sleep(pauseMs(foreverRetry, failures), signal);
      }
    }
    this.telling = false;
  }
}
