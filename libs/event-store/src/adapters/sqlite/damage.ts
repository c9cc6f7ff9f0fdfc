import { StoreUnusable } from '../../event-log.js';

/** The file of events is not what was written, and this is where. */
export const damaged = (path: string, place: string, cause?: unknown): StoreUnusable =>
  new StoreUnusable(`${path} is damaged: ${place}. Nothing was repaired; restore the file from its backup.`, cause ? { cause } : undefined);
