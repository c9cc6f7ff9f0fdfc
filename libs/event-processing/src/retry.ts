import type { Retry } from '@waymark/async';

/** Of one item, before its case is parked. About a second in all: long enough for a race between two commands, short enough not to hold up other cases. */
export const defaultRetry: Retry = { attempts: 5, firstPauseMs: 50, longestPauseMs: 5_000 };

/** For an engine that is away. Soon enough that what piled up is taken in within seconds of its return. */
export const foreverRetry: Retry = { attempts: Infinity, firstPauseMs: 50, longestPauseMs: 2_000 };
