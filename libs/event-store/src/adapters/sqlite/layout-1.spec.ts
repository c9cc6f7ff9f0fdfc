import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from '@jest/globals';
import { atOnce } from '@waymark/kernel';
import { commandId, contactA, event, everything, HandClock } from '../../conformance/samples.js';
import { StoreUnusable } from '../../event-log.js';
import { openSqliteEventLog, startSqliteEventLog } from './log.js';
import { opening } from './open.js';

/** The demonstration borough's record as the build of commit cc0f46f wrote it, in layout 1. */
const golden = join(import.meta.dirname, '../../../../../services/standalone/test/golden/2026-11-30-cc0f46f/events.db.gz');
const root = mkdtempSync(join(tmpdir(), 'waymark-layout-'));
afterAll(() => rmSync(root, { recursive: true }));
let folders = 0;
const newPath = () => {
  const folder = join(root, String((folders += 1)));
  mkdirSync(folder);
  return join(folder, 'events.db');
};
const ofLayout1 = () => {
  const path = newPath();
  writeFileSync(path, gunzipSync(readFileSync(golden)));
  return path;
};
const clock = new HandClock();
const sql = (path: string, work: (database: DatabaseSync) => void) => {
  const database = new DatabaseSync(path);
  work(database);
  database.close();
};

/** Every event as plain SQL gives it, without anything of ours. */
const rowsOf = (path: string): readonly unknown[] => {
  let rows: readonly unknown[] = [];
  sql(path, (database) => {
    rows = database
      .prepare(
        `SELECT e.id, t.name AS type, s.name AS stream, e.version, e.case_id AS caseId, e.occurred_at AS occurredAt, e.recorded_at AS recordedAt,
          c.user, c.role, c.organisation, c.purpose, c.pack, c.pack_version AS packVersion, e.command_id AS commandId,
          e.correlation_id AS correlationId, e.causation_id AS causationId, e.data
        FROM events e JOIN streams s ON s.key = e.stream JOIN types t ON t.key = e.type JOIN contexts c ON c.key = e.context ORDER BY e.position`,
      )
      .all();
  });
  return rows.map((row) => ({ ...(row as object) }));
};
const asRows = (events: Awaited<ReturnType<typeof everything>>) =>
  events.map(({ actor, policy, position: _, ...rest }) => ({ ...rest, ...actor, pack: policy.pack, packVersion: policy.version }));

const layoutOf = (path: string) => {
  let found = 0;
  sql(path, (database) => (found = Number(Object.values(database.prepare('PRAGMA user_version').get()!)[0])));
  return found;
};
const refusalOf = (path: string): Error => {
  try {
    void openSqliteEventLog({ path, clock }).close();
  } catch (error) {
    return error as Error;
  }
  throw new Error('it was opened');
};

describe('a record of layout 1', () => {
  it('is migrated once, reports its progress, and reads as before, byte for byte', async () => {
    const path = ofLayout1();
    const before = rowsOf(path);
    const said: string[] = [];
    const log = await startSqliteEventLog({ path, clock, progress: (doing) => said.push(doing) });
    const after = await everything(log);
    expect(asRows(after)).toEqual(before);
    expect(before.length).toBeGreaterThan(1_800);
    expect(await log.keySetId()).toMatch(/^[0-9a-f]{32}$/);
    expect(said).toContain(`Taking ${path} from layout 1 to 2: 500 of ${before.length} events`);
    await log.append(contactA, 'none', [event()], commandId());
    await log.close();
    expect(layoutOf(path)).toBe(2);
    const again: string[] = [];
    const second = await startSqliteEventLog({ path, clock, progress: (doing) => again.push(doing) });
    expect(again.filter((doing) => doing.startsWith('Taking'))).toEqual([]);
    expect(await everything(second)).toHaveLength(before.length + 1);
    await second.close();
  });

  it('B2 then refuses an id that one of its events has', async () => {
    const log = openSqliteEventLog({ path: ofLayout1(), clock });
    const [old] = await everything(log);
    await expect(log.append(contactA, 'none', [event('a.B.v1', { id: old!.id })], commandId())).rejects.toMatchObject({
      name: 'EventIdTaken',
    });
    await log.close();
  });

  it('killed at any moment is there as it was, or as it will be, and the next start finishes it', async () => {
    const path = ofLayout1();
    sql(path, (database) => database.exec('DELETE FROM events WHERE position > 600'));
    const before = rowsOf(path);
    const steps = opening(path);
    let images = 0;
    for (let step = steps.next(); ; step = steps.next()) {
      const image = newPath();
      for (const suffix of ['', '-wal']) if (existsSync(path + suffix)) copyFileSync(path + suffix, image + suffix);
      images += 1;
      const log = openSqliteEventLog({ path: image, clock });
      expect(asRows(await everything(log))).toEqual(before);
      await log.close();
      expect(layoutOf(image)).toBe(2);
      if (step.done) {
        step.value.database.close();
        break;
      }
    }
    expect(images).toBeGreaterThan(5);
  });

  it('is layout 1 still when the move was broken off', () => {
    const path = ofLayout1();
    const steps = opening(path);
    for (let nth = 0; nth < 3; nth += 1) expect(steps.next().value).toContain('from layout 1 to 2');
    steps.return(undefined as never);
    expect(layoutOf(path)).toBe(1);
  });

  it.each([
    [
      'an event whose data was altered',
      `UPDATE events SET data = replace(data, 'e', 'a') WHERE position = 700`,
      /position 0000000000000700/,
    ],
    ['an event that is missing', 'DELETE FROM events WHERE position = 9', /after position 0000000000000008 comes 0000000000000010/],
    ['a stream without a name', 'DELETE FROM streams WHERE key = 5', /is not what was written/],
    [
      'an index that lost entries',
      `PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'IS NOT NULL', 'IS NULL') WHERE name = 'events_by_case'`,
      /is damaged/,
    ],
    [
      'two events of one id',
      'UPDATE events SET id = (SELECT id FROM events WHERE position = 6) WHERE position = 5',
      /is not what was written/,
    ],
  ])('with %s is refused by its own checksums, and left as it is', (_, change, words) => {
    const path = ofLayout1();
    sql(path, (database) => {
      database.enableDefensive(false);
      database.exec(change);
    });
    const refusal = refusalOf(path);
    expect(refusal).toBeInstanceOf(StoreUnusable);
    expect(refusal.message).toMatch(words);
    expect(refusal.message).toContain(path);
    expect(layoutOf(path)).toBe(1);
  });
});

describe('a record of another layout', () => {
  it.each([
    [
      3,
      /layout 3, which a later version of Waymark wrote; this one knows layouts up to 2\. Nothing was changed\. Start the version that wrote it/,
    ],
    [0, /layout 0, which no version of Waymark wrote that this one knows/],
  ])('%s is refused in words that say so', (layout, words) => {
    const path = newPath();
    atOnce(opening(path), () => undefined).database.close();
    sql(path, (database) => database.exec(`PRAGMA user_version = ${layout}`));
    expect(refusalOf(path)).toMatchObject({ name: 'StoreUnusable', message: expect.stringMatching(words) });
    expect(layoutOf(path)).toBe(layout);
  });
});
