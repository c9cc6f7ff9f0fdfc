/** How often an item is tried before its case is parked, and how long to wait in between. */
export interface Retry {
  /** Tries of one item by itself; at least 1. */
  readonly attempts: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

/** About a second in all: long enough for a race between two commands, short enough not to hold up other cases. */
export const defaultRetry: Retry = { attempts: 5, firstPauseMs: 50, longestPauseMs: 5_000 };

/** For an engine that is away. Soon enough that what piled up is taken in within seconds of its return. */
export const foreverRetry: Retry = { attempts: Infinity, firstPauseMs: 50, longestPauseMs: 2_000 };

/** The pause after the n-th failure in a row, doubling. */
export const pauseMs = ({ firstPauseMs, longestPauseMs }: Retry, failures: number): number =>
  Math.min(firstPauseMs * 2 ** Math.min(failures - 1, 20), longestPauseMs);
