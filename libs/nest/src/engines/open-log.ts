import { join } from 'node:path';
import { openSqliteEventLog, startSqliteEventLog, type EventLog } from '@waymark/event-store';
import type { Clock } from '@waymark/kernel';
import type { RecordPlace } from '../config/record-place.js';
import { systemIds } from '../platform/system-ids.js';

/** Who is told of what a record does before it serves, such as taking it forward from an earlier layout. */
export type Progress = (doing: string) => void;
const toNobody: Progress = () => undefined;
/** Who is told, once, what keeps a record from being checked while it is used. */
export type Unchecked = (why: string) => void;

/** The first word of a long work, and one every two seconds. */
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
 * Opens the log of who saw what, on the same engine and apart from the record: a file, a database or a namespace of its own.
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
 * Opens the record that is named; an engine that is not is not even loaded.
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
