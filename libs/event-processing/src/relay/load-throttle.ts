import { monotonicMs, type Sleep } from '@waymark/async';
import type { Throttle } from '../log/log-subscription.js';

/** How busy the process has been for some time. */
export interface Load {
  /** The processor time that it took, as a share of one core. Not how long it was at it: that is long, too, where others keep it waiting for a core. */
  readonly share: number;
  readonly overMs: number;
}

/** Begins to measure; what it returns gives the load since then. */
export type LoadSampler = () => () => Load;

/** Of this process, as the system counts it. */
export const loadOfProcess: LoadSampler = () => {
  const [before, beganMs] = [process.cpuUsage(), monotonicMs()];
  return () => {
    const { user, system } = process.cpuUsage(before);
    const overMs = monotonicMs() - beganMs;
    return { share: (user + system) / 1_000 / overMs, overMs };
  };
};

/** A shorter time tells of the work just done, and not of the process: any burst is busy while it lasts. */
const longEnoughMs = 200;
const isBusy = 0.6;
/** The others get nine tenths of a process that has no time left. */
const restForWork = 9;
const longestRestMs = 500;

/**
 * Lets work that can wait give way to work that cannot: in a process that had no time to spare of late, each piece is followed by a rest in proportion to
 * what it took. In a process that has time nothing rests.
 */
export class LoadThrottle implements Throttle {
  private since: () => Load;
  private busy = false;

  constructor(
    private readonly sleep: Sleep,
    private readonly look: LoadSampler = loadOfProcess,
  ) {
    this.since = look();
  }

  /** Whether the process had no time to spare of late. Looks anew once it has watched for long enough. */
  isBusy(): boolean {
    const { share, overMs } = this.since();
    if (overMs >= longEnoughMs) {
      this.busy = share >= isBusy;
      this.since = this.look();
    }
    return this.busy;
  }

  async rest(workedMs: number, signal: AbortSignal): Promise<void> {
    await this.sleep(Math.min(restForWork * workedMs, longestRestMs), signal);
  }
}
