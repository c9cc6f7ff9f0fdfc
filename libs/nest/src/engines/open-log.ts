import { join } from 'node:path';
import { openSqliteEventLog, type EventLog } from '@waymark/event-store';
import type { Clock } from '@waymark/kernel';
import type { RecordPlace } from '../config/record-place.js';
import { systemIds } from '../platform/system-ids.js';

/**
 * Opens the record that is named; an engine that is not is not even loaded.
 * @throws StoreUnusable | StoreUnavailable
 */
export const openLog = async ({ store, dataFolder }: RecordPlace, clock: Clock): Promise<EventLog> => {
  switch (store.engine) {
    case 'sqlite':
      return openSqliteEventLog({ path: join(dataFolder, 'events.db'), clock });
    case 'postgres':
      return (await import('@waymark/event-store/postgres')).openPostgresEventLog({ url: store.url, clock });
    case 'kurrentdb':
      return (await import('@waymark/event-store/kurrentdb')).openKurrentEventLog({ url: store.url, clock, ids: systemIds });
  }
};
