import type pg from 'pg';
import type { StreamName, Uuid } from '@waymark/kernel';
import type { Appended, Filter, StoredEvent } from '../../event-log.js';
import type { Page } from '../pages.js';
import { toPosition } from '../place.js';
import type { Rows } from './rows.js';
import { eventColumns, type EventRow } from './schema.js';

/** Places that one look covers at most where the filter has no index, so that one which lets little through does not hold a connection for long. */
const window = 20_000;
const largestVersion = 2 ** 31 - 1;

/** Reads pages of events; every statement is prepared once on each connection. */
export class Reader {
  constructor(
    private readonly pool: pg.Pool,
    private readonly rows: Rows,
  ) {}

  /** Versions are dense, so that a row which is gone shows. @throws StoreUnusable where an event is missing or altered */
  async stream(name: StreamName, { from, to, size }: { from: number; to: number; size: number }): Promise<StoredEvent[]> {
    let expected = Math.max(from, 1);
    const values = [name, expected, Math.min(to, largestVersion), size];
    const found = await this.#events('stream', 'e.stream = $1 AND e.version >= $2 AND e.version <= $3 ORDER BY e.version LIMIT $4', values);
    for (const { version } of found) {
      if (version !== expected) throw this.rows.damaged(`${name} has no version ${expected} any more, and has version ${version}`);
      expected += 1;
    }
    return found;
  }

  async head(): Promise<number> {
    const { rows } = await this.pool.query<[string | null]>({
      name: 'waymark-head',
      text: 'SELECT max(position) FROM waymark_events.events',
      rowMode: 'array',
    });
    return Number(rows[0]![0] ?? 0);
  }

  /** @throws StoreUnusable where the command's first event was altered */
  async committed(stream: StreamName, commandId: Uuid): Promise<Appended | undefined> {
    const { rows } = await this.pool.query<[...EventRow]>({
      name: 'waymark-committed',
      text: `SELECT ${eventColumns} FROM waymark_events.events e WHERE e.stream = $1 AND e.command_id = $2 AND e.batch > 0`,
      values: [stream, commandId],
      rowMode: 'array',
    });
    if (!rows[0]) return undefined;
    const [row] = rows;
    const { version: first, recordedAt } = this.rows.event(row);
    // An append's events stand side by side in the stream and in the global order alike.
    const more = row[14] - 1;
    return { stream, first, last: first + more, position: toPosition(Number(row[0]) + more), recordedAt, repeated: true };
  }

  /** @throws StoreUnusable where an event is missing or altered */
  page(after: number, filter: Filter | undefined, size: number): Promise<Page> {
    return filter && Object.keys(filter).length > 0 ? this.#filtered(after, filter, size) : this.#everything(after, size);
  }

  /** Positions are dense, so that a row which is gone shows; the one behind which to go on is read once more for that. */
  async #everything(after: number, size: number): Promise<Page> {
    const found = await this.#events('all', 'e.position >= $1 ORDER BY e.position LIMIT $2', [after, size + (after > 0 ? 1 : 0)]);
    let expected = Math.max(after, 1);
    for (const { position } of found) {
      if (position !== toPosition(expected)) throw this.#missing(expected);
      expected += 1;
    }
    if (after > 0 && found.length === 0) throw this.#missing(after);
    const events = after > 0 ? found.slice(1) : found;
    const reached = after + events.length;
    return { events, reached, head: events.length < size ? reached : reached + 1 };
  }

  /** The head is read first: every event up to it is visible to any later query. */
  async #filtered(after: number, filter: Filter, size: number): Promise<Page> {
    const head = await this.head();
    if (after > head) throw this.#missing(after);
    const { name, sql, values, indexed } = termsOf(filter);
    const to = indexed ? head : Math.min(head, after + window);
    if (after === to) return { events: [], reached: head, head };
    const where = `e.position > $1 AND e.position <= $2 ${sql} ORDER BY e.position LIMIT $3`;
    const events = await this.#events(name, where, [after, to, size, ...values]);
    return { events, reached: events.length === size ? Number(events[size - 1]!.position) : to, head };
  }

  async #events(name: string, where: string, values: readonly unknown[]): Promise<StoredEvent[]> {
    const { rows } = await this.pool.query<[...EventRow]>({
      name: `waymark-${name}`,
      text: `SELECT ${eventColumns} FROM waymark_events.events e WHERE ${where}`,
      values: [...values],
      rowMode: 'array',
    });
    return rows.map(this.rows.event);
  }

  #missing(place: number): Error {
    return this.rows.damaged(`there is no event at position ${toPosition(place)}, which was given out`);
  }
}

/** A filter in SQL; its values begin at $4. */
const termsOf = ({ caseId, typePrefixes, streamPrefixes }: Filter) => {
  const asked = [
    { letter: 'c', sql: (at: number) => `AND e.case_id = $${at}`, value: caseId },
    { letter: 't', sql: (at: number) => `AND e.type ^@ ANY ($${at}::text[])`, value: typePrefixes },
    { letter: 's', sql: (at: number) => `AND e.stream ^@ ANY ($${at}::text[])`, value: streamPrefixes },
  ].filter(({ value }) => value !== undefined);
  return {
    name: `by-${asked.map(({ letter }) => letter).join('')}`,
    sql: asked.map(({ sql }, index) => sql(index + 4)).join(' '),
    values: asked.map(({ value }) => value),
    indexed: caseId !== undefined,
  };
};
