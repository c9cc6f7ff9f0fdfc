import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  BadDocument,
  BadQuery,
  ReadModelUnavailable,
  StaleCheckpoint,
  type Document,
  type Query,
  type ReadModelStore,
} from '../read-model-store.js';

export interface ReadModelHarness {
  open(): Promise<ReadModelStore>;
  /** Closes and opens the same store again; absent where a store forgets. */
  reopen?(store: ReadModelStore): Promise<ReadModelStore>;
  cleanUp(): Promise<void>;
}

interface Case extends Document {
  readonly status?: string | null;
  readonly age?: number;
  readonly open?: boolean;
  readonly needs?: readonly string[];
}

const cases = { name: 'planning.cases', indexes: ['status', 'age', 'open', 'needs'] };
const some: readonly Case[] = [
  { id: 'a', status: 'open', age: 3, open: true, needs: ['housing', 'speech'] },
  { id: 'b', status: 'open', age: 12, open: false, needs: ['speech'] },
  { id: 'c', status: 'closed', age: 7, open: true, needs: [] },
  { id: 'd', status: null, age: 7 },
  { id: 'e', status: 'opened later' },
  { id: 'f', status: '\u{1F600}', age: 9 },
  { id: 'g', status: '\uFF5E', age: 10 },
];
const put = (...documents: readonly Document[]) => ({ changes: documents.map((document) => ({ put: document, in: cases.name })) });
const step = (after: string, position: string, ...documents: readonly Document[]) => ({
  ...put(...documents),
  checkpoint: { subscriber: 'p', after, position },
});

/** What every read-model store does, whatever is beneath. */
export const readModelSuite = (name: string, harness: () => Promise<ReadModelHarness>): void => {
  describe(`read-model store on ${name}`, () => {
    let at: ReadModelHarness;
    let store: ReadModelStore;
    const ids = async (query: Query) => (await store.find(cases.name, query)).items.map(({ id }) => id);

    beforeEach(async () => {
      at = await harness();
      store = await at.open();
      await store.declare(cases);
    });
    afterEach(async () => {
      await store.close();
      await at.cleanUp();
    });

    describe('documents', () => {
      it('come back as they were put, and later puts replace earlier ones', async () => {
        const document = { id: 'x', status: 'open', nested: { list: [1, null, 'ü'], flag: false } };
        await store.write(put(document));
        expect(await store.get(cases.name, 'x')).toEqual(document);
        await store.write(put({ id: 'x', status: 'closed' }));
        expect(await store.get(cases.name, 'x')).toEqual({ id: 'x', status: 'closed' });
        expect(await store.get(cases.name, 'nobody')).toBeUndefined();
      });

      it('are no objects shared with the store', async () => {
        const document = { id: 'x', list: [1] };
        await store.write(put(document));
        document.list.push(2);
        const read = await store.get<{ id: string; list: number[] }>(cases.name, 'x');
        read?.list.push(3);
        expect(await store.get(cases.name, 'x')).toEqual({ id: 'x', list: [1] });
      });

      it('are found many at a time, those that are there', async () => {
        await store.write(put(...some));
        expect([...(await store.getMany(cases.name, ['c', 'nobody', 'a'])).keys()].sort()).toEqual(['a', 'c']);
        expect((await store.getMany(cases.name, [])).size).toBe(0);
      });

      it('are gone from every index once removed, and so are elements that a later put no longer has', async () => {
        await store.write(put(...some));
        await store.write({
          changes: [
            { remove: 'a', in: cases.name },
            { remove: 'nobody', in: cases.name },
          ],
        });
        await store.write(put({ id: 'b', status: 'closed', needs: ['housing'] }));
        expect(await store.get(cases.name, 'a')).toBeUndefined();
        expect(await ids({ where: [{ field: 'status', is: 'open' }] })).toEqual([]);
        expect(await ids({ where: [{ field: 'needs', has: 'speech' }] })).toEqual([]);
        expect(await ids({ where: [{ field: 'needs', has: 'housing' }] })).toEqual(['b']);
      });

      it('without an id, not JSON or over the limit are refused, and nothing of their batch is written', async () => {
        const cycle: Record<string, unknown> = { id: 'cycle' };
        cycle['self'] = cycle;
        const wrong: Document[] = [
          { id: '' },
          { id: 'x'.repeat(301) },
          { id: 'big', text: 'x'.repeat(4 * 1024 * 1024) },
          cycle as Document,
        ];
        for (const document of wrong) await expect(store.write(put({ id: 'good' }, document))).rejects.toThrow(BadDocument);
        expect(await store.count(cases.name)).toBe(0);
        await store.write(put({ id: 'good' }));
        expect(await store.count(cases.name)).toBe(1);
      });
    });

    describe('queries', () => {
      beforeEach(() => store.write(put(...some)));

      it.each<[string, NonNullable<Query['where']>[number], readonly string[]]>([
        ['equal to a word', { field: 'status', is: 'open' }, ['a', 'b']],
        ['equal to a number', { field: 'age', is: 7 }, ['c', 'd']],
        ['equal to true', { field: 'open', is: true }, ['a', 'c']],
        ['null or absent', { field: 'age', is: null }, ['e']],
        ['null or absent, said as null', { field: 'status', is: null }, ['d']],
        ['one of some', { field: 'status', oneOf: ['closed', 'open', null] }, ['a', 'b', 'c', 'd']],
        ['one of none', { field: 'status', oneOf: [] }, []],
        ['an array that has', { field: 'needs', has: 'speech' }, ['a', 'b']],
        ['from', { field: 'age', from: 9 }, ['b', 'f', 'g']],
        ['below, which excludes the bound and null', { field: 'age', below: 7 }, ['a']],
        ['from and below', { field: 'age', from: 7, below: 10 }, ['c', 'd', 'f']],
        ['a range of text leaves null out', { field: 'status', below: 'open' }, ['c']],
        ['a range of numbers leaves text out', { field: 'status', from: 0 }, []],
        ['a beginning', { field: 'status', startsWith: 'open' }, ['a', 'b', 'e']],
        ['the id', { field: 'id', oneOf: ['b', 'e'] }, ['b', 'e']],
      ])('find what is %s', async (_, condition, expected) => {
        expect(await ids({ where: [condition] })).toEqual(expected);
        expect(await store.count(cases.name, [condition])).toBe(expected.length);
      });

      it('join conditions by "and"', async () => {
        expect(
          await ids({
            where: [
              { field: 'status', is: 'open' },
              { field: 'needs', has: 'housing' },
            ],
          }),
        ).toEqual(['a']);
      });

      it('sort by an index, null first, text by code point, ties by id', async () => {
        expect(await ids({ sortBy: 'age' })).toEqual(['e', 'a', 'c', 'd', 'f', 'g', 'b']);
        expect(await ids({ sortBy: 'age', descending: true })).toEqual(['b', 'g', 'f', 'd', 'c', 'a', 'e']);
        expect(await ids({ sortBy: 'status' })).toEqual(['d', 'c', 'a', 'b', 'e', 'g', 'f']);
      });

      it.each<[Query]>([
        [{}],
        [{ descending: true }],
        [{ sortBy: 'age' }],
        [{ sortBy: 'age', descending: true }],
        [{ sortBy: 'status', where: [{ field: 'id', from: 'b' }] }],
      ])('page through everything once: %j', async (query) => {
        const whole = await ids(query);
        const seen: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await store.find(cases.name, { ...query, limit: 2, ...(cursor ? { cursor } : {}) });
          seen.push(...page.items.map(({ id }) => id));
          cursor = page.next;
        } while (cursor && seen.length < 20);
        expect(seen).toEqual(whole);
      });

      it('refuse a field without an index, a condition that says nothing, an absurd limit, an unknown collection', async () => {
        const wrong: Query[] = [
          { where: [{ field: 'name', is: 'x' }] },
          { sortBy: 'name' },
          { where: [{ field: 'age' }] },
          { where: [{ field: 'age', from: 1, below: 'x' }] },
          { where: [{ field: 'age', is: { injected: 1 } as unknown as string }] },
          { limit: 0 },
          { limit: 501 },
          { limit: 1.5 },
        ];
        for (const query of wrong) await expect(store.find(cases.name, query)).rejects.toThrow(BadQuery);
        await expect(store.find('planning.nothing', {})).rejects.toThrow(BadQuery);
        await expect(store.count(cases.name, [{ field: 'name', is: 'x' }])).rejects.toThrow(BadQuery);
        await expect(store.declare({ name: 'planning.x', indexes: ['a"b'] })).rejects.toThrow(BadQuery);
      });

      it('refuse a cursor that is of another query or was tampered with, and tell nothing by it', async () => {
        const { next } = await store.find(cases.name, { sortBy: 'status', limit: 3 });
        if (!next) throw new Error('there is a second page');
        expect(Buffer.from(next, 'base64url').toString('latin1')).not.toContain('open');
        const middle = Math.floor(next.length / 2);
        const tampered = next.slice(0, middle) + (next[middle] === 'A' ? 'B' : 'A') + next.slice(middle + 1);
        for (const cursor of [tampered, '', 'x', next.slice(4), 'ä'.repeat(500)])
          await expect(store.find(cases.name, { sortBy: 'status', cursor })).rejects.toThrow(BadQuery);
        await expect(store.find(cases.name, { sortBy: 'age', cursor: next })).rejects.toThrow(BadQuery);
        await expect(store.find(cases.name, { sortBy: 'status', where: [{ field: 'age', is: 7 }], cursor: next })).rejects.toThrow(
          BadQuery,
        );
        expect((await store.find(cases.name, { sortBy: 'status', limit: 500, cursor: next })).items).toHaveLength(4);
      });

      it('go by an index that was declared when documents were there already', async () => {
        await store.declare({ name: cases.name, indexes: ['late', 'lateList'] });
        await store.write(put({ id: 'h', late: 5, lateList: ['x'] }));
        expect(await ids({ where: [{ field: 'late', from: 1 }] })).toEqual(['h']);
        await store.declare({ name: 'planning.other', indexes: [] });
        await store.write({ changes: [{ put: { id: '1', late: 'yes', list: ['p', 'q'], flag: true }, in: 'planning.other' }] });
        await store.declare({ name: 'planning.other', indexes: ['late', 'list', 'flag'] });
        for (const condition of [
          { field: 'late', is: 'yes' },
          { field: 'list', has: 'q' },
          { field: 'flag', is: true },
        ])
          expect(await store.count('planning.other', [condition])).toBe(1);
      });
    });

    describe('batches without a checkpoint', () => {
      it('take effect whole, also when several write the same documents at once', async () => {
        for (let round = 1; round <= 5; round += 1) {
          await Promise.all(
            ['x', 'y', 'z'].map((by) => store.write(put({ id: 'a', status: by }, { id: by, age: round }, { id: 'b', status: by }))),
          );
          const found = await store.getMany<Case>(cases.name, ['a', 'b']);
          expect(['x', 'y', 'z']).toContain(found.get('a')?.status);
          expect(found.get('b')?.status).toBe(found.get('a')?.status);
          expect(await store.count(cases.name, [{ field: 'age', is: round }])).toBe(3);
        }
      });
    });

    describe('checkpoints', () => {
      it('move with the documents, or neither does', async () => {
        expect(await store.checkpoint('p')).toBe('start');
        await store.write(step('start', '1', { id: 'a' }));
        await store.write({ ...step('1', '2', { id: 'b' }), durable: true });
        expect(await store.checkpoint('p')).toBe('2');
        await expect(store.write(step('1', '3', { id: 'c' }))).rejects.toThrow(StaleCheckpoint);
        await expect(store.write(step('2', '3', { id: 'c' }, { id: '' }))).rejects.toThrow(BadDocument);
        expect(await store.checkpoint('p')).toBe('2');
        expect(await store.get(cases.name, 'c')).toBeUndefined();
      });

      it('stay where they are when a batch says so, and its documents are written all the same', async () => {
        await store.write(step('start', '1', { id: 'a', age: 1 }));
        await store.write(step('1', '1', { id: 'a', age: 2 }));
        await store.write(step('1', '1', { id: 'a', age: 3 }, { id: 'b' }));
        expect(await store.get(cases.name, 'a')).toEqual({ id: 'a', age: 3 });
        expect(await store.checkpoint('p')).toBe('1');
      });

      it('come with the last of several changes of a document', async () => {
        const changes = [
          { put: { id: 'a', age: 1 } },
          { remove: 'a' },
          { put: { id: 'a', age: 2 } },
          { put: { id: 'b' } },
          { remove: 'b' },
        ];
        await store.write({
          changes: changes.map((change) => ({ ...change, in: cases.name })),
          checkpoint: { subscriber: 'p', after: 'start', position: '1' },
        });
        expect(await store.get(cases.name, 'a')).toEqual({ id: 'a', age: 2 });
        expect(await store.count(cases.name)).toBe(1);
      });

      it('let one of two subscribers of the same name take effect', async () => {
        const outcomes = await Promise.allSettled(['x', 'y'].map((id) => store.write(step('start', '1', { id }))));
        expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
        expect(await store.count(cases.name)).toBe(1);
      });
    });

    describe('a rebuild', () => {
      beforeEach(() => store.write(step('start', '5', ...some)));

      it('fills a new generation while the old one serves, and swaps it in with its checkpoint', async () => {
        const generation = await store.rebuild([cases], 'p');
        expect(await generation.store.checkpoint('p')).toBe('start');
        expect(await generation.store.get(cases.name, 'a')).toBeUndefined();
        await generation.store.write(step('start', '9', { id: 'new', status: 'open', needs: ['speech'] }));
        expect(await generation.store.get(cases.name, 'new')).toMatchObject({ status: 'open' });
        expect((await generation.store.getMany(cases.name, ['new', 'a'])).size).toBe(1);
        expect(await store.count(cases.name)).toBe(some.length);
        expect(await store.checkpoint('p')).toBe('5');
        await store.write(step('5', '6', { id: 'meanwhile' }));
        await generation.swap();
        expect(await ids({ where: [{ field: 'needs', has: 'speech' }] })).toEqual(['new']);
        expect(await store.count(cases.name)).toBe(1);
        expect(await store.checkpoint('p')).toBe('9');
        await expect(store.write(step('6', '7', { id: 'late' }))).rejects.toThrow(StaleCheckpoint);
        await store.write(step('9', '10', { id: 'next' }));
      });

      it('leaves no trace when it is discarded, and can be begun again', async () => {
        const generation = await store.rebuild([cases], 'p');
        await generation.store.write(step('start', '9', { id: 'new' }));
        await generation.discard();
        expect(await store.count(cases.name)).toBe(some.length);
        const again = await store.rebuild([cases], 'p');
        expect(await again.store.checkpoint('p')).toBe('start');
        await again.swap();
        expect(await store.count(cases.name)).toBe(0);
      });

      it('guards its own checkpoint', async () => {
        const generation = await store.rebuild([cases], 'p');
        await expect(generation.store.write(step('5', '6'))).rejects.toThrow(StaleCheckpoint);
        await generation.discard();
      });
    });

    it('says that it is unavailable once closed', async () => {
      await store.close();
      await expect(store.get(cases.name, 'a')).rejects.toThrow(ReadModelUnavailable);
      await expect(store.write(put({ id: 'a' }))).rejects.toThrow(ReadModelUnavailable);
    });

    it('holds everything after it was opened again, but for an unfinished rebuild', async () => {
      if (!at.reopen) return expect(name).toBe('memory');
      await store.write(step('start', '5', ...some));
      const { next } = await store.find(cases.name, { sortBy: 'age', limit: 3 });
      const generation = await store.rebuild([cases], 'p');
      await generation.store.write(step('start', '9', { id: 'new' }));
      store = await at.reopen(store);
      await store.declare(cases);
      expect(await store.count(cases.name)).toBe(some.length);
      expect(await store.checkpoint('p')).toBe('5');
      expect(await ids({ where: [{ field: 'needs', has: 'housing' }] })).toEqual(['a']);
      expect((await store.find(cases.name, { sortBy: 'age', cursor: next ?? '' })).items).toHaveLength(4);
      expect(await (await store.rebuild([cases], 'p')).store.checkpoint('p')).toBe('start');
    });
  });
};
