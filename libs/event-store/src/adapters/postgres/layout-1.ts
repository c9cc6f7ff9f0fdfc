import { crc32 } from 'node:zlib';
import type pg from 'pg';
import { StoreUnusable, type StoredEvent } from '../../event-log.js';
import { contextText as coveredContext } from '../checksum.js';
import { toPosition } from '../place.js';
import { applicationOfLayout1 } from './connect.js';
import type { Place } from './errors.js';
import { givenChecksum, placedChecksum, Rows } from './rows.js';
import { eventColumns, restOfLayout2, roomForLayout2, type EventRow } from './schema.js';

const page = 1_000;
/** A statement over the whole table may exceed the time limit of other queries. */
const aDayMs = 24 * 60 * 60 * 1_000;

/**
 * From the layout of 24 November 2026, within the transaction that the caller began. Every row is verified by its checksum and gets one that
 * covers all its columns; ids become unique. No append gets in between, and a process of an earlier version that came back later could not write: its functions are gone.
 * @throws StoreUnusable where an event is missing or altered, or a process of an earlier version is connected
 */
export const fromLayout1 = async (client: pg.ClientBase, place: Place, progress: (doing: string) => void): Promise<void> => {
  const doing = `Taking the database "${place.database}" from layout 1 to 2`;
  progress(doing);
  await assertAlone(client, place);
  await atLeisure(client, 'LOCK TABLE waymark_events.events IN ACCESS EXCLUSIVE MODE');
  await atLeisure(client, roomForLayout2);
  const head = Number(
    (await client.query<{ head: string | null }>('SELECT max(position) AS head FROM waymark_events.events')).rows[0]!.head ?? 0,
  );
  const rows = new Rows(place.database);
  for (let after = 0; after < head; after = Math.min(head, after + page)) {
    await rewrite(client, rows, after, Math.min(head, after + page));
    progress(`${doing}: ${Math.min(head, after + page)} of ${head} events`);
  }
  try {
    await atLeisure(client, restOfLayout2);
  } catch (error) {
    if ((error as { code?: string }).code === '23505') throw rows.damaged('two of its events have one id');
    throw error;
  }
};

const atLeisure = (client: pg.ClientBase, text: string): Promise<unknown> =>
  client.query({ text, query_timeout: aDayMs } as pg.QueryConfig);

const assertAlone = async (client: pg.ClientBase, { database, at }: Place): Promise<void> => {
  const { rows } = await client.query<{ others: number }>(
    'SELECT count(*)::integer AS others FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1',
    [applicationOfLayout1],
  );
  const { others } = rows[0]!;
  if (others > 0)
    throw new StoreUnusable(
      `The database "${database}" at ${at} is in use by an earlier version of Waymark (${others} connections), and has to be taken to a new layout. Nothing was changed. Stop all processes of the earlier version, then start this one again.`,
    );
};

const rewrite = async (client: pg.ClientBase, rows: Rows, after: number, to: number): Promise<void> => {
  const { rows: found } = await client.query<[...EventRow]>({
    text: `SELECT ${eventColumns} FROM waymark_events.events e WHERE e.position > $1 AND e.position <= $2 ORDER BY e.position`,
    values: [after, to],
    rowMode: 'array',
  });
  const checksums = Array.from({ length: to - after }, (_, nth) => checksumOf2(rows, found[nth], after + nth + 1));
  await client.query(
    `UPDATE waymark_events.events e SET checksum = n.checksum
     FROM unnest($2::bigint[]) WITH ORDINALITY AS n (checksum, nth) WHERE e.position = $1 + n.nth`,
    [after, checksums],
  );
};

const checksumOf2 = (rows: Rows, row: EventRow | undefined, place: number): string => {
  if (!row || Number(row[0]) !== place) throw rows.damaged(`there is no event at position ${toPosition(place)}, which was given out`);
  const event = rows.unverified(row);
  const { stream, version, commandId } = event;
  if (checksumOf1(row, event) !== Number(row[12]) || !event.actor)
    throw rows.damaged(`the event at position ${event.position}, ${stream} version ${version}, is not what was written`);
  const given = givenChecksum({ stream, version, batch: row[14], commandId, event, context: coveredContext(event) });
  return placedChecksum(row[0], event.recordedAt, given);
};

/** What a row's checksum covered: not its position, its moment and how many events came with it. */
const checksumOf1 = (
  row: EventRow,
  { stream, version, id, type, caseId, occurredAt, correlationId, causationId, data }: StoredEvent,
): number => {
  const rest = `${row[9]}\n${row[8]}`;
  const head = `${stream}\n${version}\n${id}\n${type}\n${caseId ?? ''}\n${occurredAt}\n${correlationId}\n${causationId}\n${rest}`;
  return crc32(data, crc32(head)) | 0;
};
