import type { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import type { LayoutStep } from '@waymark/kernel';
import { contextText, rowChecksum } from '../checksum.js';
import { toPosition } from '../place.js';
import { damaged } from './damage.js';
import { CONSTRAINT, resultOf } from './errors.js';
import { assertIntegrity, assertSchema } from './integrity.js';
import { metaChecksum } from './meta.js';
import { schemaOfLayout1, sinceLayout2 } from './schema.js';

/** A row of layout 1 with the names that stand in it as numbers. */
interface Row {
  readonly position: number;
  readonly version: number;
  readonly batch: number;
  readonly case_id: string | null;
  readonly id: string;
  readonly occurred_at: string;
  readonly recorded_at: string;
  readonly command_id: string;
  readonly correlation_id: string;
  readonly causation_id: string;
  readonly checksum: number;
  readonly data: string;
  readonly stream: string;
  readonly type: string;
  readonly user: string;
  readonly role: string;
  readonly organisation: string;
  readonly purpose: string;
  readonly pack: string;
  readonly pack_version: string;
}

/** What a row's checksum covered: not who, why, of which type or in which stream. */
const checksumOf1 = ({ id, version, occurred_at: occurred, recorded_at: recorded, command_id: command, case_id: caseId, data }: Row) =>
  crc32(data, crc32(`${id}${version}${occurred}${recorded}${command}${caseId ?? ''}`));

const select = `SELECT e.position, e.version, e.batch, e.case_id, e.id, e.occurred_at, e.recorded_at, e.command_id, e.correlation_id, e.causation_id,
    e.checksum, e.data, s.name AS stream, t.name AS type, c.user, c.role, c.organisation, c.purpose, c.pack, c.pack_version
  FROM events e NOT INDEXED LEFT JOIN streams s ON s.key = e.stream LEFT JOIN types t ON t.key = e.type LEFT JOIN contexts c ON c.key = e.context
  WHERE e.position > ? ORDER BY e.position LIMIT 500`;

/**
 * From the layout of 24 November 2026. Every row is verified by its checksum and gets one that covers the whole row; ids become unique. What the old
 * checksum did not cover (who, why, type, stream, correlation, cause) is taken as it is: whether it was altered before can no longer be determined.
 */
export const fromLayout1 = (path: string): LayoutStep<DatabaseSync> => ({
  from: 1,
  *take(database) {
    assertSchema(database, path, schemaOfLayout1);
    assertIntegrity(database, path);
    const events = database.prepare('SELECT count(*) AS count FROM events NOT INDEXED').get() as { count: number };
    const [rows, update] = [database.prepare(select), database.prepare('UPDATE events SET checksum = ? WHERE position = ?')];
    for (let place = 0; place < events.count;) {
      const page = rows.all(place) as unknown as Row[];
      if (page.length === 0)
        throw damaged(path, `there is no event behind position ${toPosition(place)}, and ${events.count} were counted`);
      for (const row of page) {
        if (row.position !== place + 1) throw damaged(path, `after position ${toPosition(place)} comes ${toPosition(row.position)}`);
        update.run(checksumOf2(path, row), row.position);
        place = row.position;
      }
      yield `${place} of ${events.count} events`;
    }
    const settings = database.prepare('SELECT key, value FROM meta').all() as { key: string; value: string }[];
    makeWhatIsNew(database, path);
    for (const { key, value } of settings) database.prepare('INSERT INTO meta VALUES (?, ?, ?)').run(key, value, metaChecksum(key, value));
  },
});

const makeWhatIsNew = (database: DatabaseSync, path: string): void => {
  try {
    database.exec(`DROP TABLE meta; ${sinceLayout2}`);
  } catch (error) {
    throw resultOf(error) === CONSTRAINT ? damaged(path, 'two of its events have one id', error) : error;
  }
};

const checksumOf2 = (path: string, row: Row): number => {
  const { position, version, batch, stream, type, id, data } = row;
  if ([stream, type, row.user].includes(null as unknown as string) || checksumOf1(row) !== row.checksum)
    throw damaged(path, `the event at position ${toPosition(position)}, ${stream} version ${version}, is not what was written`);
  return rowChecksum(position, row.recorded_at, {
    ...{ stream, version, batch, commandId: row.command_id },
    event: {
      ...{ id, type, data, caseId: row.case_id, occurredAt: row.occurred_at },
      ...{ correlationId: row.correlation_id, causationId: row.causation_id },
    },
    context: contextText({
      actor: { user: row.user, role: row.role, organisation: row.organisation },
      purpose: row.purpose,
      policy: { pack: row.pack, version: row.pack_version },
    } as Parameters<typeof contextText>[0]),
  });
};
