import { StoreUnavailable, StoreUnusable } from '../event-log.js';

/**
 * What is told to everybody once a check found a damage that may be anybody's. The cause is for reactions: they wait as for an engine that is away, instead
 * of parking what is no fault of any one event.
 */
export const unusableForAll = (found: Error): StoreUnusable =>
  new StoreUnusable(found.message, { cause: new StoreUnavailable(found.message, 'unreachable', { cause: found }) });
