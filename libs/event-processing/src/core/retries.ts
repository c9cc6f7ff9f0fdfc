import type { Retry } from '@waymark/async';
import { StaleCheckpoint } from '@waymark/read-model';

/** Of one item, before its case is parked. About a second in all: long enough for a race between two commands, short enough not to hold up other cases. */
export const defaultRetry: Retry = { attempts: 5, firstPauseMs: 50, longestPauseMs: 5_000 };

/** For an engine that is away. Soon enough that what piled up is taken in within seconds of its return. */
export const foreverRetry: Retry = { attempts: Infinity, firstPauseMs: 50, longestPauseMs: 2_000 };

/** More than so often in a row is no race any more. */
const racesInARow = 50;

/** Does something again by what is true now, when another process, which replays or took over, wrote in between. */
export const retryOnStaleCheckpoint = async <T>(work: () => Promise<T>, refresh: () => Promise<void>): Promise<T> => {
  for (let races = 1; ; races += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StaleCheckpoint) || races >= racesInARow) throw error;
    }
    await refresh();
  }
};
