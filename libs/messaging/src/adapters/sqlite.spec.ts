import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BusUnusable } from '../bus.js';
import { busSuite } from '../conformance/bus.suite.js';
import { pastTheBus } from '../conformance/past-the-bus.fixture.js';
import type { TopicLog } from '../topic-log.js';
import { SqliteBus } from './sqlite.js';

busSuite('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bus-'));
  const file = join(folder, 'bus.db');
  const lost = join(folder, 'after.db');
  let bus: SqliteBus;
  return {
    open: async (contracts) => (bus = new SqliteBus(file, { contracts })),
    // What a lost process leaves is its files as they stand, whatever it still holds open.
    afterCrash: async (contracts) => {
      for (const end of ['', '-wal']) if (existsSync(file + end)) copyFileSync(file + end, lost + end);
      return new SqliteBus(lost, { contracts });
    },
    ...pastTheBus(() => (bus as unknown as { log: TopicLog }).log),
    cleanUp: async () => rmSync(folder, { recursive: true }),
  };
});

describe('the SQLite file of a bus', () => {
  let folder: string;
  let file: string;
  const open = () => new SqliteBus(file, { contracts: [] });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bus-'));
    file = join(folder, 'bus.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is readable by its owner alone', async () => {
    const bus = open();
    for (const name of [file, `${file}-wal`]) expect(statSync(name).mode & 0o077).toBe(0);
    await bus.close();
  });

  it('is refused, with what to do, while another holds it', async () => {
    const bus = open();
    expect(open).toThrow(BusUnusable);
    expect(open).toThrow(/in use by another process/);
    await bus.close();
    await open().close();
  });

  it('of the first layout is led on with all that it holds, and not when the process dies at it', async () => {
    const old = new DatabaseSync(file);
    old.exec(`CREATE TABLE topic (no INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
      CREATE TABLE message (topic INTEGER NOT NULL, partition INTEGER NOT NULL, offset INTEGER NOT NULL, value TEXT NOT NULL, PRIMARY KEY (topic, partition, offset)) WITHOUT ROWID;
      CREATE TABLE group_offset (grp TEXT NOT NULL, topic INTEGER NOT NULL, partition INTEGER NOT NULL, next INTEGER NOT NULL, PRIMARY KEY (grp, topic, partition)) WITHOUT ROWID;
      INSERT INTO topic VALUES (1, 'earlyhelp.planning.events.v1');
      INSERT INTO message VALUES (1, 3, 0, 'a'), (1, 3, 1, 'b');
      INSERT INTO group_offset VALUES ('one', 1, 3, 1);
      PRAGMA application_id = 1466070387; PRAGMA user_version = 1;`);
    old.close();
    // What a kill in the middle leaves: the transaction was never committed.
    const killed = new DatabaseSync(file);
    killed.exec('BEGIN; ALTER TABLE group_offset ADD COLUMN note TEXT; PRAGMA user_version = 2');
    killed.close();
    for (let start = 1; start <= 2; start += 1) {
      const bus = open();
      expect(await bus.groupOffsets('one')).toEqual(new Map([['earlyhelp.planning.events.v1 3', { next: 1, end: 2 }]]));
      await bus.close();
    }
    const now = new DatabaseSync(file);
    expect(now.prepare('PRAGMA user_version').get()).toEqual({ user_version: 2 });
    expect(now.prepare('SELECT next, note FROM group_offset').all()).toEqual([{ next: 1, note: null }]);
    now.close();
  });

  it('is refused when it is damaged, of somebody else or of another layout', async () => {
    writeFileSync(file, 'this is not a database at all, but it is long enough to be taken for one'.repeat(20));
    expect(open).toThrow(/damaged or no bus file/);
    rmSync(file);
    const foreign = new DatabaseSync(file);
    foreign.exec('CREATE TABLE t (a)');
    foreign.close();
    expect(open).toThrow(/is not a bus file/);
    rmSync(file);
    await open().close();
    const later = new DatabaseSync(file);
    later.exec('PRAGMA user_version = 99');
    later.close();
    expect(open).toThrow(/of another layout \(99\) than this build reads \(up to 2\)/);
    file = join(folder, 'nowhere', 'x.db');
    expect(open).toThrow(/cannot be opened/);
  });
});
