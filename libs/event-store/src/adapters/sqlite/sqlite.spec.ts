import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { NonEmpty } from '@waymark/kernel';
import { commandId, contactA, contactB, event, everything, HandClock } from '../../conformance/samples.js';
import { StoreUnavailable, StoreUnusable, type SealedEvent, type SealedJson } from '../../event-log.js';
import { openEvents, pragma } from './open.js';
import { openSqliteEventLog, SqliteEventLog } from './log.js';

const root = mkdtempSync(join(tmpdir(), 'waymark-sqlite-'));
afterAll(() => rmSync(root, { recursive: true }));
let folders = 0;
const newPath = () => {
  const folder = join(root, String((folders += 1)));
  mkdirSync(folder);
  return join(folder, 'events.db');
};
const open = (path: string) => openSqliteEventLog({ path, clock: new HandClock() });
const withEvents = async (count = 40) => {
  const path = newPath();
  const log = open(path);
  await log.append(contactA, 'none', Array.from({ length: count }, () => event()) as unknown as NonEmpty<SealedEvent>, commandId());
  await log.close();
  return path;
};
const refusalOf = (path: string): Error => {
  try {
    void open(path).close();
  } catch (error) {
    return error as Error;
  }
  throw new Error('it was opened');
};
const tamper = (path: string, work: (database: DatabaseSync) => void) => {
  const database = new DatabaseSync(path);
  work(database);
  database.close();
};

describe('the settings of the file', () => {
  it('are WAL and synchronous=FULL at every open, whatever was set before', async () => {
    const path = await withEvents();
    tamper(path, (database) => database.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF'));
    const { database } = openEvents(path);
    expect([pragma(database, 'journal_mode'), pragma(database, 'synchronous'), pragma(database, 'locking_mode')]).toEqual([
      'wal',
      2,
      'exclusive',
    ]);
    database.close();
  });
});

describe('another process', () => {
  it('is refused while the first has the file, and served when it let go', async () => {
    const path = await withEvents();
    const first = open(path);
    expect(refusalOf(path)).toBeInstanceOf(StoreUnusable);
    expect(refusalOf(path).message).toContain('in use by another process');
    const script = `new (require('node:sqlite').DatabaseSync)(${JSON.stringify(path)}).exec('SELECT count(*) FROM events')`;
    const other = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
    expect(other.stderr).toContain('database is locked');
    await first.close();
    await open(path).close();
  });
});

describe('a damaged file', () => {
  it.each([
    [
      'whose text was altered',
      "UPDATE events SET data = replace(data, 'school', 'police') WHERE position = 17",
      /position 0000000000000017.*version 17/,
    ],
    [
      'whose date was altered',
      "UPDATE events SET occurred_at = '2020-01-01T00:00:00.000Z' WHERE position = 5",
      /position 0000000000000005/,
    ],
    ['from which an event is missing', 'DELETE FROM events WHERE position = 9', /no event at position 0000000000000009/],
  ])('%s is refused with the place', async (_, sql, place) => {
    const path = await withEvents();
    await open(path).close();
    tamper(path, (database) => database.exec(sql));
    expect(refusalOf(path)).toBeInstanceOf(StoreUnusable);
    expect(refusalOf(path).message).toMatch(place);
    expect(refusalOf(path).message).toContain(path);
  });

  it('with a page overwritten is refused, and left as it is', async () => {
    const path = await withEvents(400);
    const middle = Math.floor(statSync(path).size / 4096 / 2) * 4096;
    const file = openSync(path, 'r+');
    writeSync(file, Buffer.alloc(4096, 0xa5), 0, 4096, middle);
    closeSync(file);
    const before = readFileSync(path);
    expect(refusalOf(path)).toBeInstanceOf(StoreUnusable);
    expect(refusalOf(path).message).toMatch(/is damaged.*Nothing was repaired/);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('truncated is refused with the byte at which it ends', async () => {
    const path = await withEvents(400);
    const whole = statSync(path).size;
    const half = Math.floor(whole / 2 / 4096) * 4096;
    truncateSync(path, half);
    expect(refusalOf(path)).toBeInstanceOf(StoreUnusable);
    expect(refusalOf(path).message).toMatch(new RegExp(`cut off at byte ${half} of ${whole}`));
  });

  it.each([
    ['cut short', (path: string) => truncateSync(path, 8192)],
    ['emptied', (path: string) => truncateSync(path, 0)],
    ['replaced by something else', (path: string) => writeFileSync(path, 'not a database, but long enough to be looked at'.repeat(200))],
  ])('%s is refused, not begun anew', async (_, damage) => {
    const path = await withEvents(400);
    damage(path);
    expect(refusalOf(path)).toBeInstanceOf(StoreUnusable);
    expect(refusalOf(path).message).toContain(path);
  });

  it('of another program or of a later layout is refused as such', async () => {
    const foreign = newPath();
    tamper(foreign, (database) => database.exec('CREATE TABLE things (name TEXT)'));
    expect(refusalOf(foreign).message).toContain("is not a file of Waymark's events");
    const later = await withEvents();
    tamper(later, (database) => database.exec('PRAGMA user_version = 99'));
    expect(refusalOf(later).message).toContain('has layout 99');
  });
});

describe('the disk', () => {
  it('that is full refuses the whole group, lets readers go on, and is forgiven when there is room', async () => {
    const path = newPath();
    const opened = openEvents(path);
    const { database } = opened;
    const log = new SqliteEventLog(path, opened, new HandClock());
    await log.append(contactA, 'none', [event()], commandId());
    const limit = database.prepare('PRAGMA page_count').get() as { page_count: number };
    database.exec(`PRAGMA max_page_count = ${limit.page_count + 2}`);
    const big = event('referral.ContactReceived.v1', { data: JSON.stringify('x'.repeat(100_000)) as SealedJson });
    const group = await Promise.allSettled([
      log.append(contactB, 'none', [event('planning.Unheard.v1')], commandId()),
      log.append(contactA, 1, [event(), big], commandId()),
    ]);
    for (const result of group) {
      expect(result).toMatchObject({ status: 'rejected', reason: { name: 'StoreUnavailable', reason: 'disk-full' } });
    }
    expect(await everything(log)).toHaveLength(1);
    database.exec('PRAGMA max_page_count = 1000000');
    await log.append(contactA, 1, [event(), big], commandId());
    await log.append(contactB, 'none', [event('planning.Unheard.v1')], commandId());
    expect((await everything(log)).map(({ stream, version, type }) => [stream, version, type])).toEqual([
      [contactA, 1, 'referral.ContactReceived.v1'],
      [contactA, 2, 'referral.ContactReceived.v1'],
      [contactA, 3, 'referral.ContactReceived.v1'],
      [contactB, 1, 'planning.Unheard.v1'],
    ]);
    await log.close();
    await open(path).close();
  });

  it('that cannot be written is named, with what to look at', () => {
    const path = join(root, 'nowhere', 'events.db');
    expect(refusalOf(path)).toBeInstanceOf(StoreUnavailable);
    expect(refusalOf(path).message).toMatch(/nowhere\/events\.db cannot be written.*permissions/);
  });

  // eslint-disable-next-line no-restricted-syntax -- root writes wherever it likes, so for root it is skipped, where that can be seen
  (process.getuid?.() === 0 ? it.skip : it)('that is read-only is named, with what to look at', async () => {
    const path = await withEvents();
    chmodSync(path, 0o400);
    chmodSync(join(path, '..'), 0o500);
    expect(refusalOf(path)).toMatchObject({ name: 'StoreUnavailable', reason: 'read-only' });
    chmodSync(join(path, '..'), 0o700);
  });
});

describe('callers that wait at the same time', () => {
  it('share one transaction', async () => {
    const path = newPath();
    const opened = openEvents(path);
    const { database } = opened;
    const log = new SqliteEventLog(path, opened, new HandClock());
    let commits = 0;
    const exec = database.exec.bind(database);
    database.exec = (sql: string) => {
      if (sql === 'COMMIT') commits += 1;
      exec(sql);
    };
    await Promise.all(Array.from({ length: 50 }, (_, index) => log.append(`referral.contact-${index}`, 'none', [event()], commandId())));
    expect(commits).toBe(1);
    await log.append(contactA, 'none', [event()], commandId());
    expect(commits).toBe(2);
    await log.append(contactA, 1, [event()], commandId());
    expect(commits).toBe(2); // One row alone commits by itself.
    await log.close();
    const again = open(path);
    expect(await everything(again)).toHaveLength(52);
    await again.close();
  });

  it('are answered before a close that follows them', async () => {
    const path = newPath();
    const log = open(path);
    const appended = log.append(contactA, 'none', [event()], commandId());
    await log.close();
    expect(await appended).toMatchObject({ first: 1 });
    const again = open(path);
    expect(await everything(again)).toHaveLength(1);
    await again.close();
  });
});
