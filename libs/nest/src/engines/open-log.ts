import { join } from 'node:path';
import { openSqliteEventLog, startSqliteEventLog, type EventLog } from '@waymark/event-store';
import type { Clock } from '@waymark/kernel';
import type { RecordPlace } from '../config/record-place.js';
import { systemIds } from '../platform/system-ids.js';

/** Called with what an event log does before it serves, such as migrating an earlier layout. */
export type Progress = (doing: string) => void;
const toNobody: Progress = () => undefined;
/** Called once with the reason why an event log cannot be checked while it is in use. */
export type Unchecked = (why: string) => void;

/** Limits the progress of a long task to the first report and one every two seconds. */
const nowAndThen = (progress: Progress): Progress => {
  let toldMs = -Infinity;
  return (doing) => {
    const nowMs = performance.now();
    if (nowMs - toldMs < betweenReportsMs) return;
    toldMs = nowMs;
    progress(doing);
  };
};
const betweenReportsMs = 2_000;

/**
 * Opens the access log, on the same engine and apart from the event log: a file, a database or a namespace of its own.
 * @throws StoreUnusable | StoreUnavailable
 */
export const openAccessLog = async (
  { store, dataFolder }: RecordPlace,
  clock: Clock,
  unchecked: Unchecked = toNobody,
): Promise<EventLog> => {
  switch (store.engine) {
    case 'sqlite':
      return openSqliteEventLog({ path: join(dataFolder, 'access.db'), clock, unchecked });
    case 'postgres':
      return (await import('@waymark/event-store/postgres/beside')).openPostgresEventLogBeside('access', {
        url: store.url,
        clock,
        unchecked,
      });
    case 'kurrentdb':
      return (await import('@waymark/event-store/kurrentdb')).openKurrentEventLog({
        url: store.url,
        clock,
        ids: systemIds,
        namespace: 'waymark-access',
      });
  }
};

/**
 * Opens the event log on the configured engine; the other engines are not even loaded.
 * @throws StoreUnusable | StoreUnavailable
 */
export const openLog = async (
  { store, dataFolder }: RecordPlace,
  clock: Clock,
  told = toNobody,
  unchecked: Unchecked = toNobody,
): Promise<EventLog> => {
  const progress = nowAndThen(told);
  switch (store.engine) {
    case 'sqlite':
      return startSqliteEventLog({ path: join(dataFolder, 'events.db'), clock, progress, unchecked });
    case 'postgres':
      return (await import('@waymark/event-store/postgres')).openPostgresEventLog({ url: store.url, clock, progress, unchecked });
    case 'kurrentdb':
      return (await import('@waymark/event-store/kurrentdb')).openKurrentEventLog({ url: store.url, clock, ids: systemIds });
  }
};
