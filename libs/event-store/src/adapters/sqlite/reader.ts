import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { CaseId, Instant, StreamName, Uuid } from '@waymark/kernel';
import type { Filter, SealedJson, StoredEvent } from '../../event-log.js';
import type { Page } from '../pages.js';
import { BoundedMap } from '../../bounded-map.js';
import { rowChecksum } from '../checksum.js';
import { toPosition } from '../place.js';
import type { Counts } from './counts.js';
import { damaged } from './damage.js';
import type { Kept, Names } from './names.js';
import { eventColumns, type EventRow } from './schema.js';

/** Places that one filtered look covers at most, so that a filter which lets little through does not hold up the process. */
const window = 20_000;
/** Sorts behind every name that begins with the prefix before it. */
const behindAll = '\u{10ffff}';

interface Term {
  readonly sql: string;
  readonly values: readonly string[];
}
interface Terms extends Term {
  readonly index: string;
  /** May pass over many events to find one. */
  readonly sparse: boolean;
}
const everything = { index: 'NOT INDEXED', sql: '' };
const nothingAsked: Term = { sql: '', values: [] };

const caseTerm = (caseId: CaseId | undefined): Term =>
  caseId === undefined ? nothingAsked : { sql: 'AND e.case_id = ?', values: [caseId] };

const streamTerm = (prefixes: readonly string[]): Term | 'nothing' =>
  prefixes.length === 0
    ? 'nothing'
    : {
        sql: `AND (${prefixes.map(() => '(s.name >= ? AND s.name < ?)').join(' OR ')})`,
        values: prefixes.flatMap((prefix) => [prefix, prefix + behindAll]),
      };

/** A row whose checksum was tried, with the names that stand in it as numbers. */
interface Verified {
  readonly row: EventRow;
  readonly type: string;
  readonly stream: StreamName;
  readonly context: Kept;
}

/** The columns of a command's first event that give its result. */
export interface FoundCommand {
  readonly version: number;
  readonly batch: number;
  readonly position: number;
  readonly recordedAt: Instant;
}

/** Reads pages of events; every statement is prepared once, and every row's checksum tried. */
export class Reader {
  /** Known once every row was checked. */
  counts: Counts | undefined;
  readonly #stream: StatementSync;
  readonly #newest: StatementSync;
  readonly #command: StatementSync;
  readonly #countCase: StatementSync;
  readonly #scans = new BoundedMap<string, StatementSync>(64);

  constructor(
    private readonly database: DatabaseSync,
    private readonly names: Names,
    private readonly path: string,
  ) {
    const ofStream = `SELECT ${eventColumns} FROM events e WHERE e.stream = ?`;
    this.#stream = this.#prepare(`${ofStream} AND e.version >= ? AND e.version <= ? ORDER BY e.version LIMIT ?`);
    this.#newest = this.#prepare(`${ofStream} ORDER BY e.version DESC LIMIT 1`);
    this.#command = this.#prepare(`${ofStream} AND e.command_id = ? AND e.batch > 0`);
    this.#countCase = this.#prepare('SELECT count(*) FROM events INDEXED BY events_by_case WHERE case_id = ?');
  }

  /** Versions `from` to `to` of a stream, all of which are there, or as many as fit. @throws StoreUnusable where one is missing or altered */
  stream(name: StreamName, key: number, { from, to, size }: { from: number; to: number; size: number }): StoredEvent[] {
    const rows = this.#stream.all(key, from, to, size) as unknown as EventRow[];
    const wanted = Math.min(to - from + 1, size);
    for (let nth = 0; nth < wanted; nth += 1)
      if (rows[nth]?.[1] !== from + nth) throw damaged(this.path, `${name} has no version ${from + nth} any more`);
    return rows.map((row) => this.#event(row, name));
  }

  /** How far a stream has come. @throws StoreUnusable when its newest event was altered, or is not the newest */
  newest(name: StreamName, key: number): { version: number; recordedAt: Instant | '' } {
    const row = this.#newest.get(key) as EventRow | undefined;
    if (row) this.#verified(row, name);
    const [version, recordedAt] = row ? [row[1], row[7] as Instant] : [0, '' as const];
    const counted = this.counts?.versionOf(key) ?? version;
    if (counted !== version) throw damaged(this.path, `${name} ends at version ${version} instead of ${counted}`);
    return { version, recordedAt };
  }

  /** The first event of an append. @throws StoreUnusable when it was altered */
  command(name: StreamName, key: number, commandId: Uuid): FoundCommand | undefined {
    const row = this.#command.get(key, commandId) as EventRow | undefined;
    if (!row) return undefined;
    this.#verified(row, name);
    return { version: row[1], batch: row[12], position: row[0], recordedAt: row[7] as Instant };
  }

  page(after: number, head: number, filter: Filter, size: number): Page {
    const terms = this.#termsOf(filter);
    if (after >= head || terms === 'nothing') return { events: [], reached: head, head };
    const to = terms.sparse ? Math.min(head, after + window) : head;
    const rows = this.#scan(terms).all(after, to, ...terms.values, size) as unknown as EventRow[];
    if (terms.sql === '') this.#assertDense(rows, after, Math.min(size, to - after));
    const reached = rows.length === size ? rows[size - 1]![0] : to;
    if (filter.caseId !== undefined && reached === head) this.#assertAllOf(filter.caseId);
    return { events: rows.map((row) => this.#event(row, row[15] as StreamName)), reached, head };
  }

  /** Rows behind a place in their order, checked; none at the end. @throws StoreUnusable where one is missing or altered */
  rows(after: number, head: number, size: number): readonly EventRow[] {
    const wanted = Math.min(size, head - after);
    const rows = this.#scan(everything).all(after, head, wanted) as unknown as EventRow[];
    this.#assertDense(rows, after, wanted);
    for (const row of rows) this.#verified(row, row[15] as StreamName);
    return rows;
  }

  #assertDense(rows: readonly EventRow[], after: number, wanted: number): void {
    for (let nth = 0; nth < wanted; nth += 1)
      if (rows[nth]?.[0] !== after + nth + 1)
        throw damaged(this.path, `there is no event at position ${toPosition(after + nth + 1)}, which was given out`);
  }

  /** Against what was counted from the rows, so that an index which lost entries cannot shorten a history without a word. */
  #assertAllOf(caseId: CaseId): void {
    const counted = this.counts?.ofCase(caseId);
    if (counted === undefined) return;
    const [found] = this.#countCase.get(caseId) as unknown as [number];
    if (found !== counted) throw damaged(this.path, `the index events_by_case knows ${found} of the ${counted} events of a case`);
  }

  /** A filter in SQL; 'nothing' when no event there is can pass it. */
  #termsOf({ typePrefixes, streamPrefixes, caseId }: Filter): Terms | 'nothing' {
    const byCase = caseTerm(caseId);
    const byType = typePrefixes ? this.#typeTerm(typePrefixes) : nothingAsked;
    const byStream = streamPrefixes ? streamTerm(streamPrefixes) : nothingAsked;
    if (byType === 'nothing' || byStream === 'nothing') return 'nothing';
    return {
      index: byCase === nothingAsked ? 'NOT INDEXED' : 'INDEXED BY events_by_case',
      sql: [byCase, byType, byStream]
        .map(({ sql }) => sql)
        .filter((sql) => sql !== '')
        .join(' '),
      values: [...byCase.values, ...byType.values, ...byStream.values],
      sparse: byCase === nothingAsked && (byType !== nothingAsked || byStream !== nothingAsked),
    };
  }

  #typeTerm(prefixes: readonly string[]): Term | 'nothing' {
    const types = this.names.typesUnder(prefixes);
    // A filter that lets every existing type through needs no condition.
    if (types.length > 0 && types.length === this.names.typeNames.size) return nothingAsked;
    return types.length === 0 ? 'nothing' : { sql: 'AND e.type IN (SELECT value FROM json_each(?))', values: [JSON.stringify(types)] };
  }

  /** LEFT JOIN keeps SQLite from starting at the names, and an event whose stream has none from being left out. */
  #scan({ index, sql }: Pick<Terms, 'index' | 'sql'>): StatementSync {
    const known = this.#scans.get(index + sql);
    if (known) return known;
    const statement = this.#prepare(`SELECT ${eventColumns}, s.name FROM events e ${index} LEFT JOIN streams s ON s.key = e.stream
      WHERE e.position > ? AND e.position <= ? ${sql} ORDER BY e.position LIMIT ?`);
    this.#scans.set(index + sql, statement);
    return statement;
  }

  #prepare(sql: string): StatementSync {
    const statement = this.database.prepare(sql);
    // Arrays are read faster than objects, by a third.
    statement.setReturnArrays(true);
    return statement;
  }

  /** @throws StoreUnusable when the row is not what was written */
  #verified(row: EventRow, stream: StreamName): Verified {
    const [position, version, type, context, caseId, id, occurredAt, recordedAt, commandId, correlationId, causationId, data] = row;
    try {
      const verified = { row, stream, type: this.names.typeNames.get(type)!, context: this.names.contexts.get(context)! };
      const event = { id, type: verified.type, caseId, occurredAt, correlationId, causationId, data };
      const given = { stream, version, batch: row[12], commandId, event, context: verified.context.text };
      if (rowChecksum(position, recordedAt, given) === row[13]) return verified;
    } catch (error) {
      // A name that is missing, or a number where a text was.
      if (!(error instanceof TypeError)) throw error;
    }
    const which = stream ? `${stream} version ${version}` : `version ${version} of a stream that has no name`;
    throw damaged(this.path, `the event at position ${toPosition(position)}, ${which}, is not what was written`);
  }

  #event(row: EventRow, name: StreamName): StoredEvent {
    const { type, stream, context } = this.#verified(row, name);
    return {
      id: row[5] as Uuid,
      type,
      stream,
      version: row[1],
      position: toPosition(row[0]),
      caseId: row[4] as CaseId | null,
      occurredAt: row[6] as Instant,
      recordedAt: row[7] as Instant,
      actor: context.actor,
      purpose: context.purpose,
      policy: context.policy,
      commandId: row[8] as Uuid,
      correlationId: row[9] as Uuid,
      causationId: row[10] as Uuid,
      data: row[11] as SealedJson,
    };
  }
}
