import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { toPosition } from '../place.js';
import { damaged } from './damage.js';

interface Index {
  readonly name: string;
  /** The table whose row is looked for; `e.stream` is its key where it is that of the streams. */
  readonly table: string;
  readonly entry: string;
  /** Which events have an entry. */
  readonly of: string;
}

/** Whatever a read or an append goes by. Types and contexts are read from their tables alone. */
const indexes: readonly Index[] = [
  {
    name: 'events_by_stream',
    table: 'events',
    entry: 'i.stream = e.stream AND i.version = e.version AND i.position = e.position',
    of: '1',
  },
  {
    name: 'events_by_command',
    table: 'events',
    entry: 'i.stream = e.stream AND i.command_id = e.command_id AND i.batch > 0 AND i.position = e.position',
    of: 'e.batch > 0',
  },
  { name: 'events_by_case', table: 'events', entry: 'i.case_id = e.case_id AND i.position = e.position', of: 'e.case_id IS NOT NULL' },
  { name: 'events_by_id', table: 'events', entry: 'i.id = e.id AND i.position = e.position', of: '1' },
  {
    name: 'sqlite_autoindex_streams_1',
    table: 'streams',
    entry: 'i.name = (SELECT s.name FROM streams s WHERE s.key = e.stream) AND i.key = e.stream',
    of: 'e.version = 1',
  },
];

/** Looks for events in each index. What an index has too much shows when it is read; what it lost shows here alone. */
export class Entries {
  readonly #lost: readonly { readonly name: string; readonly find: StatementSync }[];

  constructor(
    database: DatabaseSync,
    private readonly path: string,
  ) {
    this.#lost = indexes.map(({ name, table, entry, of }) => ({
      name,
      find: database.prepare(`SELECT e.position FROM events e NOT INDEXED WHERE e.position > ? AND e.position <= ? AND ${of}
        AND NOT EXISTS (SELECT 1 FROM ${table} i INDEXED BY ${name} WHERE ${entry}) ORDER BY e.position LIMIT 1`),
    }));
  }

  /** @throws StoreUnusable naming the index and the first event behind `after` and up to `to` that it does not know */
  assertOf(after: number, to: number): void {
    for (const { name, find } of this.#lost) {
      const lost = find.get(after, to) as { position: number } | undefined;
      if (lost) throw damaged(this.path, `the index ${name} does not know the event at position ${toPosition(lost.position)}`);
    }
  }
}
