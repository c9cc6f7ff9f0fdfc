import type { After } from '@waymark/event-store';
import { positionOf, type LogItem, type LogSource } from './log-source.js';
import { later, reached } from './position.js';
import { Waiters } from './waiters.js';

/** A position that moved only past events of others is written now and then: losing it costs a second look at them. */
const idleCheckpointMs = 5_000;

export interface HeadwayOptions {
  readonly source: LogSource;
  readonly monotonicMs: () => number;
  /** Told of every step. */
  readonly onMove: (seen: After) => void;
}

/** How far a subscriber has come, and who waits for it. It is ahead of its checkpoint where the last events did not concern it. */
export class Headway {
  private place: After = 'start';
  private readonly waiters = new Waiters();
  private writtenAtMs = 0;

  constructor(private readonly options: HeadwayOptions) {}

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
    this.waiters.tell(this.place);
    this.options.onMove(this.place);
  }

  /** A page took effect, and the checkpoint moved with it. */
  took(): void {
    this.writtenAtMs = this.options.monotonicMs();
    this.moveOn(this.options.source.stored);
  }

  /** Nothing up to a position concerned it any more. */
  async passed(position: After): Promise<void> {
    const { source, monotonicMs } = this.options;
    const [to, now] = [later(position, this.place), monotonicMs()];
    if (to !== source.stored && now - this.writtenAtMs > idleCheckpointMs) {
      await source.moveTo(to);
      this.writtenAtMs = now;
    }
    this.moveOn(to);
  }

  /** Writes down what was passed since the last write. */
  async leave(): Promise<void> {
    const { source } = this.options;
    if (this.place !== source.stored && reached(this.place, source.stored)) await source.moveTo(this.place);
  }
}
