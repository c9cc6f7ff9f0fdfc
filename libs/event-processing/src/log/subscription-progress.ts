import type { After } from '@waymark/event-store';
import { positionOf, type LogItem, type LogSource } from './log-source.js';
import { later, reached } from '../core/checkpoint.js';
import { PositionWaiters } from './position-waiters.js';

/** A position that moved only past events of others is written every few seconds: losing it costs a second look at them. */
const idleCheckpointMs = 5_000;

export interface SubscriptionProgressOptions {
  readonly source: LogSource;
  readonly monotonicMs: () => number;
  /** Told of every step. */
  readonly onMove: (seen: After) => void;
}

/** How far a subscriber has come, and who waits for it. It is ahead of its checkpoint where the last events did not concern it. */
export class SubscriptionProgress {
  private place: After = 'start';
  private readonly waiters = new PositionWaiters();
  private writtenAtMs = 0;

  constructor(private readonly options: SubscriptionProgressOptions) {}

  /** Everything up to here has taken effect, or did not concern it. */
  get seen(): After {
    return this.place;
  }

  /** For a position that is still ahead. False when the time was up first. */
  waitFor(position: After, timeoutMs: number): Promise<boolean> {
    return this.waiters.wait(position, timeoutMs);
  }

  /** Aborted once somebody waits for a position that is ahead. */
  awaited(): AbortSignal {
    return this.waiters.arrived();
  }

  /** What of a page is new. A rebuild, or another process, may have moved on in the meantime. */
  ahead(page: readonly LogItem[]): readonly LogItem[] {
    const seen = later(this.place, this.options.source.stored);
    return page.filter((item) => !reached(seen, positionOf(item)));
  }

  /** Back, or on, to where the checkpoint is. */
  toCheckpoint(): void {
    this.place = this.options.source.stored;
  }

  /** Never back. */
  moveOn(position: After): void {
    this.place = later(position, this.place);
    this.waiters.wake(this.place);
    this.options.onMove(this.place);
  }

  /** A page took effect, and the checkpoint moved with it unless that is noted later. */
  took(): void {
    const { source, monotonicMs } = this.options;
    if (this.isStored) this.writtenAtMs = monotonicMs();
    this.moveOn(source.taken);
  }

  /** Nothing up to a position concerned it any more. */
  async passed(position: After): Promise<void> {
    const { monotonicMs } = this.options;
    this.moveOn(position);
    if (monotonicMs() - this.writtenAtMs > idleCheckpointMs) await this.store();
  }

  /** Whether all that took effect is behind the stored checkpoint. */
  get isStored(): boolean {
    return reached(this.options.source.stored, this.options.source.taken);
  }

  /** Writes down what was taken and passed since the last write. */
  async store(): Promise<void> {
    const { source, monotonicMs } = this.options;
    if (!reached(source.stored, this.place)) await source.moveTo(this.place);
    this.writtenAtMs = monotonicMs();
  }
}
