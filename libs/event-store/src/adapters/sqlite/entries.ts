import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { toPosition } from '../place.js';
import { damaged } from './damage.js';

interface Index {
  readonly name: string;
  /** What it answers for an event. Taken out of the entry, as a read does: a damaged entry may compare as equal and yet hold something else. */
  readonly answer: string;
  /** What it has to answer. */
  readonly right: string;
  /** Which events have an entry. */
  readonly of: string;
}

const position = (index: string, where: string): string =>
  `SELECT i.position FROM events i INDEXED BY ${index} WHERE ${where} ORDER BY i.position LIMIT 1`;

const ofEvents = (name: string, where: string, of = '1'): Index => ({ name, answer: position(name, where), right: 'e.position', of });

/** Whatever a read or an append goes by. Types and contexts are read from their tables alone. */
const indexes: readonly Index[] = [
  ofEvents('events_by_stream', 'i.stream = e.stream AND i.version = e.version'),
  ofEvents('events_by_command', 'i.stream = e.stream AND i.command_id = e.command_id AND i.batch > 0', 'e.batch > 0'),
  ofEvents('events_by_case', 'i.case_id = e.case_id AND i.position >= e.position', 'e.case_id IS NOT NULL'),
  ofEvents('events_by_id', 'i.id = e.id'),
  {
    name: 'sqlite_autoindex_streams_1',
    answer:
      'SELECT i.key FROM streams i INDEXED BY sqlite_autoindex_streams_1 WHERE i.name = (SELECT s.name FROM streams s WHERE s.key = e.stream)',
    right: 'e.stream',
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
    this.#lost = indexes.map(({ name, answer, right, of }) => ({
      name,
      find: database.prepare(`SELECT e.position FROM events e NOT INDEXED WHERE e.position > ? AND e.position <= ? AND ${of}
        AND (${answer}) IS NOT ${right} ORDER BY e.position LIMIT 1`),
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
