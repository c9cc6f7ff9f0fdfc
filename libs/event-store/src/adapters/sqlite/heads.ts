import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Instant, StreamName } from '@waymark/kernel';
import { BoundedMap } from '../../bounded-map.js';
import type { Reader } from './reader.js';

export interface StreamHead {
  readonly key: number;
  version: number;
  /** When its newest event was recorded; '' when it has none. */
  recordedAt: Instant | '';
}

/** Streams whose newest version is kept in memory. This process alone writes the file, so what is kept here is right. */
const keptHeads = 50_000;

/** That a stream does not exist is worth caching too: whoever begins one reads first, and appends next. */
const absent: StreamHead = { key: 0, version: 0, recordedAt: '' };

/** How far each stream has come. */
export class Heads {
  readonly #heads = new BoundedMap<StreamName, StreamHead>(keptHeads);
  readonly #find: StatementSync;
  readonly #add: StatementSync;

  constructor(
    database: DatabaseSync,
    private readonly reader: Reader,
  ) {
    this.#find = database.prepare('SELECT key FROM streams WHERE name = ?');
    this.#add = database.prepare('INSERT INTO streams (name) VALUES (?)');
  }

  /** Forgets what a transaction that was rolled back may have added. */
  reload(): void {
    this.#heads.clear();
  }

  /** @throws StoreUnusable when its newest event is not what was written: its moment is what the next one may not be before */
  of(stream: StreamName): StreamHead | undefined {
    const known = this.#heads.get(stream);
    if (known) return known === absent ? undefined : known;
    const row = this.#find.get(stream) as { key: number } | undefined;
    const head = row ? { key: row.key, ...this.reader.newest(stream, row.key) } : absent;
    this.#heads.set(stream, head);
    return head === absent ? undefined : head;
  }

  begin(stream: StreamName): StreamHead {
    const head: StreamHead = { key: Number(this.#add.run(stream).lastInsertRowid), version: 0, recordedAt: '' };
    this.#heads.set(stream, head);
    return head;
  }
}
