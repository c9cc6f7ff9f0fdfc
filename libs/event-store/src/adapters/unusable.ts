import { StoreUnavailable, StoreUnusable } from '../event-log.js';

/**
 * The error that every caller gets once a check found damage that may concern anybody. The cause makes event processing wait, as for an engine that is
 * unavailable, instead of parking an event that is not at fault.
 */
export const unusableForAll = (found: Error): StoreUnusable =>
  new StoreUnusable(found.message, { cause: new StoreUnavailable(found.message, 'unreachable', { cause: found }) });
