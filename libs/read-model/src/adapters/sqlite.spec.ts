import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readModelSuite } from '../conformance/read-model.suite.js';
import { ReadModelUnavailable, ReadModelUnusable, type Query } from '../read-model-store.js';
import { pageQuery } from './sqlite-query.js';
import { SqliteReadModelStore } from './sqlite.js';

const cases = { name: 'planning.cases', indexes: ['status'] };

readModelSuite('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'read-model-'));
  const file = join(folder, 'read-model.db');
  return {
    open: async () => new SqliteReadModelStore(file),
    reopen: async (store) => {
      await store.close();
      return new SqliteReadModelStore(file);
    },
    cleanUp: async () => rmSync(folder, { recursive: true }),
  };
});

describe('the SQLite file of a read-model store', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'read-model-'));
    file = join(folder, 'read-model.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const record = async (work: (store: SqliteReadModelStore) => Promise<void>): Promise<string[]> => {
    const store = new SqliteReadModelStore(file);
    await store.declare(cases);
    const db = (store as unknown as { db: DatabaseSync }).db;
    const said: string[] = [];
    const exec = db.exec.bind(db);
    db.exec = (text) => {
      said.push(text);
      exec(text);
    };
    await work(store);
    await store.close();
    return said;
  };

  it('waits for the disk when a write says durable, and only then', async () => {
    const plain = await record((store) => store.write({ changes: [{ put: { id: 'a' }, in: cases.name }] }));
    expect(plain).toEqual(['BEGIN IMMEDIATE', 'COMMIT']);
    const durable = await record((store) => store.write({ changes: [{ put: { id: 'b' }, in: cases.name }], durable: true }));
    expect(durable).toEqual(['PRAGMA synchronous = FULL', 'BEGIN IMMEDIATE', 'COMMIT', 'PRAGMA synchronous = NORMAL']);
  });

  it.each<[string, Query]>([
    ['equality', { where: [{ field: 'status', is: 'open' }] }],
    ['one of some', { where: [{ field: 'status', oneOf: ['open', 'closed'] }] }],
    ['a range', { where: [{ field: 'status', from: 'o', below: 'p' }], sortBy: 'status' }],
    ['a beginning', { where: [{ field: 'status', startsWith: 'op' }] }],
    ['an array that has', { where: [{ field: 'needs', has: 'speech' }] }],
    ['sorting', { sortBy: 'status', descending: true }],
  ])('answers %s by an index', async (_, query) => {
    const store = new SqliteReadModelStore(file);
    await store.declare({ name: 'planning.cases', indexes: ['status', 'needs'] });
    const db = (store as unknown as { db: DatabaseSync }).db;
    const { text, values } = pageQuery(1, query, 50);
    const plan = (db.prepare(`EXPLAIN QUERY PLAN ${text}`).all(...values) as { detail: string }[]).map(({ detail }) => detail);
    expect(plan.join('; ')).toMatch(/INDEX|PRIMARY KEY/);
    // Walking an index in its order is as good; walking the table is not, nor sorting what an index has sorted.
    expect(plan.filter((detail) => /^SCAN d1(?! USING INDEX)/.test(detail))).toEqual([]);
    if (query.sortBy) expect(plan.filter((detail) => detail.includes('TEMP B-TREE'))).toEqual([]);
    await store.close();
  });

  it('holds no table of a rebuild that was cut off or discarded once it is opened again', async () => {
    const tables = (store: SqliteReadModelStore) => {
      const { db } = store as unknown as { db: DatabaseSync };
      return db.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE type = 'table'").get()?.['n'];
    };
    const first = new SqliteReadModelStore(file);
    await first.declare(cases);
    const before = tables(first);
    await (await first.rebuild([cases], 'p')).discard();
    expect(tables(first)).toBe(before);
    await first.rebuild([cases], 'p');
    expect(tables(first)).not.toBe(before);
    await first.close();
    const second = new SqliteReadModelStore(file);
    expect(tables(second)).toBe(before);
    await second.close();
  });

  it('is readable by its owner alone, and so are its companions', async () => {
    const store = new SqliteReadModelStore(file);
    await store.declare(cases);
    for (const name of [file, `${file}-wal`]) expect(statSync(name).mode & 0o077).toBe(0);
    await store.close();
  });

  it('refuses a second process, and lets it in once the first is gone', async () => {
    const store = new SqliteReadModelStore(file);
    const script = `const { DatabaseSync } = require('node:sqlite'); try { new DatabaseSync(process.argv[1]).exec('BEGIN IMMEDIATE'); } catch (e) { console.log(e.errcode); }`;
    const other = () => spawnSync(process.execPath, ['-e', script, file], { encoding: 'utf8' }).stdout.trim();
    expect(other()).toBe('5');
    await store.close();
    expect(other()).toBe('');
  });

  it('is refused, with what to do, while another holds it', () => {
    const holder = new DatabaseSync(file);
    holder.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; BEGIN EXCLUSIVE; CREATE TABLE t (a); COMMIT');
    expect(() => new SqliteReadModelStore(file)).toThrow(ReadModelUnusable);
    expect(() => new SqliteReadModelStore(file)).toThrow(/in use by another process/);
    holder.close();
  });

  it('is refused when it is damaged, of somebody else or of another layout', async () => {
    writeFileSync(file, 'this is not a database at all, but it is long enough to be taken for one'.repeat(20));
    expect(() => new SqliteReadModelStore(file)).toThrow(/damaged or no read-model file/);
    rmSync(file);
    const foreign = new DatabaseSync(file);
    foreign.exec('CREATE TABLE t (a)');
    foreign.close();
    expect(() => new SqliteReadModelStore(file)).toThrow(/is not a read-model file/);
    rmSync(file);
    await new SqliteReadModelStore(file).close();
    const later = new DatabaseSync(file);
    later.exec('PRAGMA user_version = 99');
    later.close();
    expect(() => new SqliteReadModelStore(file)).toThrow(/of layout 99/);
    expect(() => new SqliteReadModelStore(join(folder, 'nowhere', 'x.db'))).toThrow(/cannot be opened/);
  });

  it('says that it is unavailable when the disk is full, reads on, and goes on when there is room', async () => {
    const store = new SqliteReadModelStore(file);
    await store.declare(cases);
    await store.write({ changes: [{ put: { id: 'a' }, in: cases.name }] });
    const db = (store as unknown as { db: DatabaseSync }).db;
    db.exec('PRAGMA max_page_count = 1');
    const big = { id: 'big', text: 'x'.repeat(2_000_000) };
    await expect(
      store.write({
        changes: [
          { put: { id: 'b' }, in: cases.name },
          { put: big, in: cases.name },
        ],
      }),
    ).rejects.toThrow(ReadModelUnavailable);
    expect(await store.get(cases.name, 'a')).toEqual({ id: 'a' });
    expect(await store.get(cases.name, 'b')).toBeUndefined();
    db.exec('PRAGMA max_page_count = 100000');
    await store.write({ changes: [{ put: big, in: cases.name }] });
    await store.close();
  });
});
