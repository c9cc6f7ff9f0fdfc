import { setTimeout as after } from 'node:timers/promises';
import { databaseOf, type Claims } from '@waymark/mongo';
import { DoomedConnection } from '@waymark/mongo/doomed';
import { findMongo, newDatabase, type TestDatabase } from '@waymark/mongo/testing';
import { engineSuite } from '@waymark/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BadDocument, ReadModelUnusable, StaleCheckpoint, type Document } from '../../read-model-store.js';
import { Checkpoints } from './checkpoints.js';
import { DocumentWriter } from './document-writer.js';
import { tables, type Journalled } from './layout.js';
import { openMongoReadModels, type MongoReadModelOptions } from './store.js';

const cases = { name: 'planning.cases', indexes: ['status'] };
const other = { name: 'planning.other', indexes: [] };
const change = (document: Document, name = cases.name) => ({ put: document, in: name });
const step = (from: string, to: string, ...documents: readonly Document[]) => ({
  changes: documents.map((document) => change(document)),
  checkpoint: { subscriber: 'planning.case', after: from, position: to },
});

await engineSuite('MongoDB', findMongo, (server) => {
  let database: TestDatabase;
  beforeEach(async () => (database = await newDatabase(server)));
  afterEach(() => database.drop());
  const open = async (options: MongoReadModelOptions = {}) => {
    const store = await openMongoReadModels(await database.connect(), options);
    await store.declare(cases);
    return store;
  };
  const db = () => databaseOf(database.connection);
  const writer = () => new DocumentWriter({ database: db, indexesOf: () => cases.indexes });
  const collections = async () => (await db().listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);

  describe('processes that start at the same moment', () => {
    it('declare the same collections, and find them ready', async () => {
      const stores = await Promise.all(Array.from({ length: 6 }, async () => openMongoReadModels(await database.connect())));
      const wanted = Array.from({ length: 5 }, (_, i) => ({ name: `planning.list-${i}`, indexes: ['status', 'dueAt'] }));
      await Promise.all(
        stores.map(async (store) => {
          for (const collection of wanted) await store.declare(collection);
        }),
      );
      for (const store of stores)
        for (const { name } of wanted)
          expect(
            await store.count(name, [
              { field: 'status', is: 'open' },
              { field: 'dueAt', from: '' },
            ]),
          ).toBe(0);
    });
  });

  describe('two active writers for a moment', () => {
    it('leave the one that is behind without effect, and it goes on from where the other came', async () => {
      const [one, two] = [await open(), await open()];
      await one.write(step('start', '1', { id: 'a', status: 'by one' }));
      expect(await two.checkpoint('planning.case')).toBe('1');
      await two.write(step('1', '2', { id: 'a', status: 'by two' }));
      await expect(one.write(step('1', '2', { id: 'a', status: 'late' }))).rejects.toThrow(StaleCheckpoint);
      expect(await one.checkpoint('planning.case')).toBe('2');
      await one.write(step('2', '3', { id: 'b' }));
      expect(await one.get(cases.name, 'a')).toEqual({ id: 'a', status: 'by two' });
    });

    it('are told apart even where the position did not move', async () => {
      const [one, two] = [await open(), await open()];
      await one.write(step('start', '1', { id: 'a', status: 'first' }));
      await two.checkpoint('planning.case');
      // A replay: documents alone. What two has read before is no longer so.
      await one.write(step('1', '1', { id: 'a', status: 'replayed' }));
      await expect(two.write(step('1', '2', { id: 'a', status: 'from before' }))).rejects.toThrow(StaleCheckpoint);
      expect(await two.get(cases.name, 'a')).toEqual({ id: 'a', status: 'replayed' });
    });

    it('go on in one request with others, of which some are not where they say', async () => {
      await (await open()).declare(cases);
      // Without claims, which would have each wait for its own: so it is on MongoDB.
      const claims: Claims = { alone: (_, work) => work(), release: async () => undefined };
      const [one, two] = [1, 2].map(() => new Checkpoints({ database: db, claims, documents: writer() })) as [Checkpoints, Checkpoints];
      const labels = Array.from({ length: 6 }, (_, i) => `planning.case-${i}`);
      const moves = (of: Checkpoints, label: string, after: string, status: string) =>
        of.move(label, { after, position: after === 'start' ? '1' : '2' }, async (_, n) => {
          const written = { in: cases.name, to: cases.name, key: label, n, body: JSON.stringify({ id: label, status }) };
          return { changes: [written], aside: [] };
        });
      for (const label of labels) await moves(one, label, 'start', 'one');
      for (const i of [1, 4]) await moves(two, labels[i]!, '1', 'two');
      const outcomes = await Promise.allSettled(labels.map((label) => moves(one, label, '1', 'one again')));
      expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual([true, false, true, true, false, true]);
      for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(StaleCheckpoint);
      const statuses = await (await open()).getMany(cases.name, labels);
      expect(labels.map((label) => statuses.get(label)?.['status'])).toEqual([
        'one again',
        'two',
        'one again',
        'one again',
        'two',
        'one again',
      ]);
    });

    it('never overwrite what is newer, nor bring back what was removed, however late a batch is applied', async () => {
      const store = await open();
      await store.write(step('start', '1', { id: 'a', status: 'old' }, { id: 'b', status: 'old' }));
      const row = await tables(db()).checkpoints.findOne({ _id: 'planning.case' });
      const late = (row?.pending as { changes: readonly Journalled[] }).changes;
      await store.write({ ...step('1', '2', { id: 'a', status: 'new' }) });
      await store.write({
        changes: [{ remove: 'b', in: cases.name }],
        checkpoint: { subscriber: 'planning.case', after: '2', position: '3' },
      });
      await writer().apply('planning.case', late);
      expect(await store.get(cases.name, 'a')).toEqual({ id: 'a', status: 'new' });
      expect(await store.get(cases.name, 'b')).toBeUndefined();
      expect(await store.count(cases.name, [{ field: 'status', is: 'old' }])).toBe(0);
      // The guard is what keeps it so: numbered beyond what was written, the same changes pass.
      const unguarded = late.map((one) => ({ ...one, n: 1_000 }));
      await writer().apply('planning.case', unguarded);
      expect(await store.count(cases.name, [{ field: 'status', is: 'old' }])).toBe(2);
    });
  });

  describe('a batch larger than a document may be', () => {
    const large = Array.from({ length: 6 }, (_, i) => ({ id: `large ${i}`, text: 'ü'.repeat(2_000_000) }));

    it('is written whole, also by whoever comes after a writer that died of it', async () => {
      const first = new DoomedConnection(Infinity);
      const store = await openMongoReadModels(first.around(database.connection));
      await store.declare(cases);
      await store.checkpoint('planning.case');
      const before = first.requests;
      // Its parts, the claim, the checkpoint, and no document.
      const doomed = new DoomedConnection(before + large.length + 4, 'before');
      const dying = await openMongoReadModels(doomed.around(await database.connect()));
      await dying.declare(cases);
      await dying.checkpoint('planning.case');
      void dying.write(step('start', '1', ...large)).catch(() => undefined);
      await Promise.race([doomed.died, after(20_000)]);
      const next = await open();
      const position = await next.checkpoint('planning.case');
      expect(await next.count(cases.name)).toBe(position === '1' ? large.length : 0);
      if (position === 'start') await next.write(step('start', '1', ...large));
      expect((await next.getMany<Document>(cases.name, ['large 0', 'large 5'])).get('large 5')).toEqual(large[5]);
      await next.write(step('1', '2'));
      expect(await tables(db()).journal.countDocuments({ kind: 'part', seq: { $lte: 1 } })).toBe(0);
    });
  });

  describe('generations', () => {
    it('are noticed by other processes within a second of the swap, and no reading fails or finds half', async () => {
      const [one, two] = [await open(), await open()];
      const many = (status: string, count: number) => Array.from({ length: count }, (_, i) => ({ id: `${i}`, status }));
      await one.write(step('start', '1', ...many('old', 20)));
      let reading = true;
      const found: { readonly atMs: number; readonly count: number }[] = [];
      const reader = (async () => {
        while (reading) {
          const count = await two.count(cases.name);
          found.push({ atMs: performance.now(), count });
        }
      })();
      const generation = await one.rebuild([cases], 'planning.case');
      await generation.store.write(step('start', '9', ...many('new', 30)));
      await generation.swap();
      const swappedAtMs = performance.now();
      await after(1_500);
      reading = false;
      await reader;
      expect([...new Set(found.map(({ count }) => count))]).toEqual([20, 30]);
      expect(found.filter(({ count, atMs }) => count === 20 && atMs > swappedAtMs + 1_000)).toEqual([]);
      expect(await two.checkpoint('planning.case')).toBe('9');
      await two.write(step('9', '10', { id: 'next', status: 'new' }));
      expect(await one.count(cases.name)).toBe(31);
    });

    it('that another process fills are left alone while they move, and given up once they stood still', async () => {
      let nowMs = 0;
      const [filler, watcher] = [await open(), await open({ monotonicMs: () => nowMs, abandonedMs: 1_000 })];
      await filler.write(step('start', '1', { id: 'a' }));
      const generation = await filler.rebuild([cases], 'planning.case');
      const look = async (ms: number) => {
        nowMs += ms;
        await watcher.get(cases.name, 'a');
      };
      for (let n = 1; n <= 3; n += 1) {
        await look(900);
        await generation.store.write(step(n === 1 ? 'start' : `${n - 1}`, `${n}`, { id: 'a', status: `${n}` }));
      }
      expect(await generation.store.checkpoint('planning.case')).toBe('3');
      await look(900);
      await look(1_000);
      await expect(generation.store.write(step('3', '4', { id: 'a' }))).rejects.toThrow(StaleCheckpoint);
      await expect(generation.swap()).rejects.toThrow(StaleCheckpoint);
      await generation.discard();
      expect(await filler.get(cases.name, 'a')).toEqual({ id: 'a' });
      expect(await filler.checkpoint('planning.case')).toBe('1');
    });

    it('are kept after the swap for those who still read them, and dropped then', async () => {
      let nowMs = 0;
      const store = await open({ monotonicMs: () => nowMs, keptMs: 60_000 });
      await store.write(step('start', '1', { id: 'a' }));
      const first = await store.rebuild([cases], 'planning.case');
      await first.store.write(step('start', '1', { id: 'b' }));
      await first.swap();
      expect(await collections()).toContain(cases.name);
      nowMs += 59_000;
      await store.get(cases.name, 'b');
      expect(await collections()).toContain(cases.name);
      nowMs += 1_000;
      expect(await store.get(cases.name, 'b')).toEqual({ id: 'b' });
      expect(await collections()).not.toContain(cases.name);
      // And those of a further rebuild in their turn, the serving one never.
      const second = await store.rebuild([cases], 'planning.case');
      await second.store.write(step('start', '1', { id: 'c' }));
      await second.swap();
      for (let i = 0; i < 3; i += 1) {
        nowMs += 60_000;
        expect(await store.get(cases.name, 'c')).toEqual({ id: 'c' });
      }
      expect((await collections()).filter((name) => name.startsWith(`${cases.name}#`))).toHaveLength(1);
    });

    it('are not discarded once they serve, though the answer to their swap was lost', async () => {
      const store = await open();
      const generation = await store.rebuild([cases], 'planning.case');
      await generation.store.write(step('start', '1', { id: 'a' }));
      await generation.swap();
      await generation.discard();
      expect(await store.get(cases.name, 'a')).toEqual({ id: 'a' });
      expect(await store.checkpoint('planning.case')).toBe('1');
    });

    it('pass to a projection of another name without a moment in which none serves', async () => {
      const store = await open();
      const first = await store.rebuild([cases], 'planning.case');
      await first.store.write(step('start', '1', { id: 'a' }));
      await first.swap();
      const second = await store.rebuild([cases], 'planning.renamed');
      expect(await store.get(cases.name, 'a')).toEqual({ id: 'a' });
      await second.store.write({
        changes: [change({ id: 'b' })],
        checkpoint: { subscriber: 'planning.renamed', after: 'start', position: '1' },
      });
      await second.swap();
      expect(await store.get(cases.name, 'a')).toBeUndefined();
      expect(await store.get(cases.name, 'b')).toEqual({ id: 'b' });
    });
  });

  describe('what is kept', () => {
    it('keeps ids and values that BSON or the server behind it would not take', async () => {
      const store = await open();
      const odd: Document = {
        id: 'nul \u0000 and \u0001',
        status: 'a\u0000b',
        $dollar: 1,
        'with.dot': { $set: null },
        big: 2 ** 53,
        __proto__: { x: 1 },
      };
      await store.write({ changes: [change(odd)] });
      expect(await store.get(cases.name, odd.id)).toEqual(JSON.parse(JSON.stringify(odd)));
      expect(await store.count(cases.name, [{ field: 'status', is: 'a\u0000b' }])).toBe(1);
      expect(await store.count(cases.name, [{ field: 'status', startsWith: 'a\u0000' }])).toBe(1);
      expect(await store.count(cases.name, [{ field: 'status', startsWith: 'a\u0001' }])).toBe(0);
    });

    it('refuses what no index could hold before anything is begun', async () => {
      const store = await open();
      await expect(store.write(step('start', '1', { id: 'a', status: 'x'.repeat(5_000) }))).rejects.toThrow(BadDocument);
      expect(await store.checkpoint('planning.case')).toBe('start');
      await store.write(step('start', '1', { id: 'a', status: 'x'.repeat(4_000), text: 'x'.repeat(5_000) }));
    });

    it('has the values of a new index also of documents that an older process writes meanwhile', async () => {
      const older = await open();
      let writing = true;
      let written = 0;
      const writer = (async () => {
        while (writing) await older.write({ changes: [change({ id: `${(written += 1)}`, late: 'yes' })] });
      })();
      const newer = await open();
      await newer.declare({ name: cases.name, indexes: ['late'] });
      writing = false;
      await writer;
      expect(await newer.count(cases.name, [{ field: 'late', is: 'yes' }])).toBe(written);
    });

    it('is refused in a database of another layout, or whose collections are not ours', async () => {
      await db().collection<{ _id: string }>('_checkpoints').insertOne({ _id: 'theirs' });
      await expect(openMongoReadModels(database.connection)).rejects.toThrow(ReadModelUnusable);
      await db().dropCollection('_checkpoints');
      const store = await open();
      await store.declare(other);
      await db()
        .collection<{ _id: string }>('_waymark')
        .updateOne({ _id: 'read-model' }, { $set: { layout: 2 } });
      await expect(openMongoReadModels(database.connection)).rejects.toThrow('layout 2');
    });
  });
});
