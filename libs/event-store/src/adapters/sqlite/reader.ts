import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { CaseId, Instant, StreamName, Uuid } from '@waymark/kernel';
import type { Filter, SealedJson, StoredEvent } from '../../event-log.js';
import type { Page } from '../pages.js';
import { toPosition } from '../place.js';
import type { Names } from './names.js';
import { eventColumns, type EventRow } from './schema.js';

/** Places that one filtered look covers at most, so that a filter which lets little through does not hold up the process. */
const window = 20_000;
/** Sorts behind every name that begins with the prefix before it. */
const behindAll = '\u{10ffff}';

/** Reads pages of events; every statement is prepared once. */
export class Reader {
  readonly #stream: StatementSync;
  readonly #scans = new Map<string, StatementSync>();

  constructor(
    private readonly database: DatabaseSync,
    private readonly names: Names,
  ) {
    this.#stream = this.#prepare(
      `SELECT ${eventColumns} FROM events e WHERE e.stream = ? AND e.version >= ? AND e.version <= ? ORDER BY e.version LIMIT ?`,
    );
  }

  stream(name: StreamName, key: number, from: number, to: number, size: number): StoredEvent[] {
    return (this.#stream.all(key, from, to, size) as unknown as EventRow[]).map((row) => this.#event(row, name));
  }

  page(after: number, head: number, filter: Filter, size: number): Page {
    const { typePrefixes, streamPrefixes, caseId } = filter;
    const narrow = typePrefixes !== undefined || streamPrefixes !== undefined;
    const to = narrow && caseId === undefined ? Math.min(head, after + window) : head;
    const types = typePrefixes && this.names.typesUnder(typePrefixes);
    if (after >= head || types?.length === 0 || streamPrefixes?.length === 0) return { events: [], reached: head, head };
    const bounds = (streamPrefixes ?? []).flatMap((prefix) => [prefix, prefix + behindAll]);
    const rows = this.#scan(types !== undefined, streamPrefixes?.length ?? 0, caseId !== undefined).all(
      ...[after, to],
      ...(caseId === undefined ? [] : [caseId]),
      ...(types ? [JSON.stringify(types)] : []),
      ...bounds,
      size,
    ) as unknown as EventRow[];
    const reached = rows.length === size ? rows[size - 1]![0] : to;
    return { events: rows.map((row) => this.#event(row, row[12] as StreamName)), reached, head };
  }

  /** CROSS JOIN keeps SQLite from starting at the names; the order of the events is what is asked for. */
  #scan(byType: boolean, streamPrefixes: number, byCase: boolean): StatementSync {
    const shape = `${byType} ${streamPrefixes} ${byCase}`;
    const known = this.#scans.get(shape);
    if (known) return known;
    const streams = Array.from({ length: streamPrefixes }, () => '(s.name >= ? AND s.name < ?)').join(' OR ');
    const statement = this.#prepare(`SELECT ${eventColumns}, s.name
      FROM events e ${byCase ? 'INDEXED BY events_by_case' : 'NOT INDEXED'} CROSS JOIN streams s ON s.key = e.stream
      WHERE e.position > ? AND e.position <= ?
      ${byCase ? 'AND e.case_id = ?' : ''}
      ${byType ? 'AND e.type IN (SELECT value FROM json_each(?))' : ''}
      ${streams ? `AND (${streams})` : ''}
      ORDER BY e.position LIMIT ?`);
    this.#scans.set(shape, statement);
    return statement;
  }

  #prepare(sql: string): StatementSync {
    const statement = this.database.prepare(sql);
    // Arrays are read faster than objects, by a third.
    statement.setReturnArrays(true);
    return statement;
  }

  #event(row: EventRow, stream: StreamName): StoredEvent {
    const context = this.names.contexts.get(row[3])!;
    return {
      id: row[5] as Uuid,
      type: this.names.typeNames.get(row[2])!,
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
