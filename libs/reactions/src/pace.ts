import type { Sleep } from './ambient.js';

/** How busy the process was over a time, from 0 to 1; given what it answered before. */
export type Utilisation = () => () => number;

const ambient: Utilisation = () => {
  const before = performance.eventLoopUtilization();
  return () => performance.eventLoopUtilization(before).utilization;
};

const lookMs = 2;
const isBusy = 0.8;
/** The others get nine tenths of a process that has no time left. */
const restForWork = 9;
const longestRestMs = 500;

/**
 * Lets work that can wait give way to work that cannot: after each piece it looks whether the process has time to spare, and if it has none it rests in
 * proportion to what the piece took. In a process that has time it rests for a moment only.
 */
export class Pace {
  constructor(
    private readonly sleep: Sleep,
    private readonly utilisation: Utilisation = ambient,
  ) {}

  async rest(workedMs: number, signal: AbortSignal): Promise<void> {
    const busy = this.utilisation();
    await this.sleep(lookMs, signal);
    if (busy() < isBusy) return;
    await this.sleep(Math.min(restForWork * workedMs, longestRestMs), signal);
  }
}
