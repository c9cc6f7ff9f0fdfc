import { DatabaseSync } from 'node:sqlite';
import type { Clock, StreamName } from '@waymark/kernel';
import type { EventLog } from '../../event-log.js';
import { rowChecksum } from '../checksum.js';
import { SqliteEventLog } from './log.js';
import { Names } from './names.js';
import type { EventRow } from './schema.js';

/** A log that checks nothing at its start, and to whose reader every row brings a checksum that fits: what a record without checksums would show. */
export const openUnchecked = (path: string, clock: Clock): EventLog => {
  const database = new DatabaseSync(path);
  try {
    const forgiving = new Proxy(database, {
      get: (target, name) => {
        if (name === 'prepare')
          return (sql: string) => (sql.includes('e.checksum') ? forgivingStatement(target, path, sql) : target.prepare(sql));
        const value = Reflect.get(target, name, target) as unknown;
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    return new SqliteEventLog(path, { database: forgiving, counts: undefined }, clock);
  } catch (error) {
    database.close();
    throw error;
  }
};

const forgivingStatement = (database: DatabaseSync, path: string, sql: string) => {
  const statement = database.prepare(sql);
  const nameOf = database.prepare('SELECT name FROM streams WHERE key = ?');
  const fitted = (row: EventRow | undefined): EventRow | undefined => {
    if (!row) return row;
    const names = new Names(database, path);
    const [position, version, type, context, caseId, id, occurredAt, recordedAt, commandId, correlationId, causationId, data, batch] = row;
    const stream = (row[15] ?? (nameOf.get(row[14]) as { name: string }).name) as StreamName;
    const event = { id, type: names.typeNames.get(type)!, caseId, occurredAt, correlationId, causationId, data };
    const checksum = rowChecksum(position, recordedAt, {
      stream,
      version,
      batch,
      commandId,
      event,
      context: names.contexts.get(context)!.text,
    });
    return [...row.slice(0, 13), checksum, ...row.slice(14)] as unknown as EventRow;
  };
  return {
    setReturnArrays: (on: boolean) => statement.setReturnArrays(on),
    all: (...values: never[]) => (statement.all(...values) as unknown as EventRow[]).map(fitted),
    get: (...values: never[]) => fitted(statement.get(...values) as unknown as EventRow | undefined),
  };
};
