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
    expect(open).toThrow(/of another layout/);
    file = join(folder, 'nowhere', 'x.db');
    expect(open).toThrow(/cannot be opened/);
  });
});
