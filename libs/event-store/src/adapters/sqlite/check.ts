import type { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { StoreUnusable } from '../../event-log.js';
import { toPosition } from '../place.js';

/** Up to this size the whole file is checked at every start (about a second); beyond it the structure near the head and the newest events. */
const wholeUpToPages = 65_536;
const newest = 20_000;

/** A row's checksum: a flipped byte in text that still parses would otherwise pass for what was written. */
export const checksumOf = (envelope: string, data: string): number => crc32(data, crc32(envelope));

interface Sender {
  readonly id: string;
  readonly occurredAt: string;
  readonly caseId: string | null;
}

/** What of a row's envelope the checksum covers beside the data. */
export const envelopeText = ({ id, occurredAt, caseId }: Sender, version: number, recordedAt: string, commandId: string): string =>
  `${id}${version}${occurredAt}${recordedAt}${commandId}${caseId ?? ''}`;

type CheckedRow = [
  position: number,
  version: number,
  id: string,
  occurred: string,
  recorded: string,
  command: string,
  caseId: string | null,
  sum: number,
  data: string,
  stream: string,
];

/** @throws StoreUnusable naming the place of the damage. Never repairs. */
export const assertWhole = (database: DatabaseSync, path: string): void => {
  const { page_count: pages } = database.prepare('PRAGMA page_count').get() as { page_count: number };
  const whole = pages <= wholeUpToPages;
  if (whole) {
    const { quick_check: found } = database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
    if (found !== 'ok') throw damaged(path, found.replace('*** in database main ***', '').replace(/\s+/g, ' ').trim());
  }
  const { head } = database.prepare('SELECT max(position) AS head FROM events').get() as { head: number | null };
  if (head !== null) assertRows(database, path, whole ? 0 : Math.max(0, head - newest), head);
};

const assertRows = (database: DatabaseSync, path: string, after: number, head: number): void => {
  const select =
    database.prepare(`SELECT e.position, e.version, e.id, e.occurred_at, e.recorded_at, e.command_id, e.case_id, e.checksum, e.data, s.name
    FROM events e LEFT JOIN streams s ON s.key = e.stream WHERE e.position > ? ORDER BY e.position LIMIT 1000`);
  select.setReturnArrays(true);
  for (let place = after; place < head;) {
    const rows = select.all(place) as unknown as CheckedRow[];
    for (const [position, version, id, occurredAt, recorded, command, caseId, sum, data, stream] of rows) {
      if (place > 0 && position !== place + 1) throw damaged(path, `after position ${toPosition(place)} comes ${toPosition(position)}`);
      if (checksumOf(envelopeText({ id, occurredAt, caseId }, version, recorded, command), data) !== sum)
        throw damaged(path, `the event at position ${toPosition(position)}, ${stream} version ${version}, is not what was written`);
      place = position;
    }
    if (rows.length === 0) return;
  }
};

const damaged = (path: string, place: string): StoreUnusable =>
  new StoreUnusable(`${path} is damaged: ${place}. Nothing was repaired; restore the file from its backup.`);
