import { pauseMs, type Sleep } from '@waymark/async';
import type { After } from '@waymark/event-store';
import { laterEndOffsets, type Bus, type EndOffsets } from '@waymark/messaging';
import { foreverRetry } from '../core/retries.js';

const betweenPublicationsMs = 25;
/** Past events of others alone: whoever waits sees in the record that nothing is owed. */
const betweenIdlePublicationsMs = 500;

export interface ProgressPublisherOptions {
  /** How the service names itself on the bus. */
  readonly source: string;
  /** All that it publishes to. */
  readonly topics: readonly string[];
  readonly bus: Pick<Bus, 'publishProgress' | 'endOffsets'>;
  readonly sleep: Sleep;
}

/** Publishes how far a relay has come: the newest position, not each, and never in the way of publishing. */
export class ProgressPublisher {
  private newest: After = 'start';
  private lastPublished: After = 'start';
  private publishing = false;
  private isAwaited = false;
  /** Aborted once there is a position that others wait for. */
  private urgent = new AbortController();
  /** Of the relay, from a start to the stop: others may have published for the service before it. */
  private running = new AbortController().signal;
  /** Where the topics ended in this run before anything was published. */
  private before: EndOffsets | undefined;
  private since: EndOffsets = new Map();

  constructor(private readonly options: ProgressPublisherOptions) {}

  /** The next position lies behind events of the service itself: until it is published, others wait. @param ends where they lie on the bus */
  published(ends: EndOffsets): void {
    this.isAwaited = true;
    this.since = laterEndOffsets(this.since, ends);
  }

  publish(position: After, running: AbortSignal): void {
    if (position === 'start') return;
    if (running !== this.running) [this.running, this.before] = [running, undefined];
    this.newest = position;
    if (this.isAwaited) this.urgent.abort();
    this.isAwaited = false;
    if (!this.publishing) void this.catchUp();
  }

  /** A bus that is away is notified later; until then others wait a little longer than they need. */
  private async catchUp(): Promise<void> {
    const { sleep } = this.options;
    this.publishing = true;
    for (let failures = 0; this.lastPublished !== this.newest && !this.running.aborted;) {
      const { running } = this;
      try {
        const urgent = await this.publishNewest(running);
        failures = 0;
        await sleep(betweenPublicationsMs, running);
        await sleep(betweenIdlePublicationsMs, AbortSignal.any([running, urgent]));
      } catch {
        failures += 1;
        await sleep(pauseMs(foreverRetry, failures), running);
      }
    }
    this.publishing = false;
  }

  /** @returns aborted once there is more that others wait for */
  private async publishNewest(running: AbortSignal): Promise<AbortSignal> {
    const { source, topics, bus } = this.options;
    const before = this.before ?? (await bus.endOffsets(topics));
    // Asked in an earlier run, it would say nothing of what others published since.
    if (running !== this.running) return AbortSignal.abort();
    this.before = before;
    const position = this.newest;
    this.urgent = new AbortController();
    const { signal } = this.urgent;
    await bus.publishProgress(source, position, laterEndOffsets(before, this.since));
    this.lastPublished = position;
    return signal;
  }
}
