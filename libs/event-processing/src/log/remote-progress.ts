import type { After, EventStore, Filter } from '@waymark/event-store';
import type { ReadModelStore } from '@waymark/read-model';
import { placeOf } from '../core/checkpoint.js';
import { positionOf } from './log-source.js';
import { reached } from '../core/checkpoint.js';

interface Following {
  /** The subscriber's name, and so its checkpoint's. */
  readonly name: string;
  readonly filter: Filter | undefined;
  readonly store: Pick<EventStore, 'readAll'>;
  readonly readModel: Pick<ReadModelStore, 'checkpoint'>;
}

/**
 * Whether a subscriber that runs in another process has seen everything up to a position. Its checkpoint says so, or the event log does: where nothing
 * that concerns it lies between the two, it has nothing to see there, and its checkpoint moves when it gets round to it.
 */
export const hasReachedRemotely = async ({ name, filter, store, readModel }: Following, position: After): Promise<boolean> => {
  const seen = placeOf(await readModel.checkpoint(name));
  if (reached(seen, position)) return true;
  const first = await firstAfter(store, { after: seen, filter });
  return first === undefined || !reached(position, first);
};

interface Behind {
  readonly after: After;
  readonly filter: Filter | undefined;
}

/** Where the first event lies that a filter lets through behind a position. */
export const firstAfter = async (store: Pick<EventStore, 'readAll'>, { after, filter }: Behind): Promise<After | undefined> => {
  for await (const [first] of store.readAll(after, { ...(filter ? { filter } : {}), limit: 1 })) if (first) return positionOf(first);
  return undefined;
};
