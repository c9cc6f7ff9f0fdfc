import { beforeEach, describe, expect, it } from '@jest/globals';
import { BadQuery, type Query } from '../read-model-store.js';
import { cases, put, some } from './samples.js';
import type { StoreUnderTest } from './under-test.js';

/** What is found, in which order, and which questions are refused. */
export const queries = (the: StoreUnderTest): void => {
  describe('queries', () => {
    beforeEach(() => the.store.write(put(...some)));

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
      expect(await the.ids({ where: [condition] })).toEqual(expected);
      expect(await the.store.count(cases.name, [condition])).toBe(expected.length);
    });

    it('join conditions by "and"', async () => {
      expect(
        await the.ids({
          where: [
            { field: 'status', is: 'open' },
            { field: 'needs', has: 'housing' },
          ],
        }),
      ).toEqual(['a']);
    });

    it('sort by an index, null first, text by code point, ties by id', async () => {
      expect(await the.ids({ sortBy: 'age' })).toEqual(['e', 'a', 'c', 'd', 'f', 'g', 'b']);
      expect(await the.ids({ sortBy: 'age', descending: true })).toEqual(['b', 'g', 'f', 'd', 'c', 'a', 'e']);
      expect(await the.ids({ sortBy: 'status' })).toEqual(['d', 'c', 'a', 'b', 'e', 'g', 'f']);
    });

    it.each<[Query]>([
      [{}],
      [{ descending: true }],
      [{ sortBy: 'age' }],
      [{ sortBy: 'age', descending: true }],
      [{ sortBy: 'status', where: [{ field: 'id', from: 'b' }] }],
    ])('page through everything once: %j', async (query) => {
      const whole = await the.ids(query);
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await the.store.find(cases.name, { ...query, limit: 2, ...(cursor ? { cursor } : {}) });
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
      for (const query of wrong) await expect(the.store.find(cases.name, query)).rejects.toThrow(BadQuery);
      await expect(the.store.find('planning.nothing', {})).rejects.toThrow(BadQuery);
      await expect(the.store.count(cases.name, [{ field: 'name', is: 'x' }])).rejects.toThrow(BadQuery);
      await expect(the.store.declare({ name: 'planning.x', indexes: ['a"b'] })).rejects.toThrow(BadQuery);
    });

    it('refuse a cursor that is of another query or was tampered with, and tell nothing by it', async () => {
      const { next } = await the.store.find(cases.name, { sortBy: 'status', limit: 3 });
      if (!next) throw new Error('there is a second page');
      expect(Buffer.from(next, 'base64url').toString('latin1')).not.toContain('open');
      const middle = Math.floor(next.length / 2);
      const tampered = next.slice(0, middle) + (next[middle] === 'A' ? 'B' : 'A') + next.slice(middle + 1);
      for (const cursor of [tampered, '', 'x', next.slice(4), 'ä'.repeat(500)])
        await expect(the.store.find(cases.name, { sortBy: 'status', cursor })).rejects.toThrow(BadQuery);
      await expect(the.store.find(cases.name, { sortBy: 'age', cursor: next })).rejects.toThrow(BadQuery);
      await expect(the.store.find(cases.name, { sortBy: 'status', where: [{ field: 'age', is: 7 }], cursor: next })).rejects.toThrow(
        BadQuery,
      );
      expect((await the.store.find(cases.name, { sortBy: 'status', limit: 500, cursor: next })).items).toHaveLength(4);
    });

    it('go by an index that was declared when documents were there already', async () => {
      await the.store.declare({ name: cases.name, indexes: ['late', 'lateList'] });
      await the.store.write(put({ id: 'h', late: 5, lateList: ['x'] }));
      expect(await the.ids({ where: [{ field: 'late', from: 1 }] })).toEqual(['h']);
      await the.store.declare({ name: 'planning.other', indexes: [] });
      await the.store.write({ changes: [{ put: { id: '1', late: 'yes', list: ['p', 'q'], flag: true }, in: 'planning.other' }] });
      await the.store.declare({ name: 'planning.other', indexes: ['late', 'list', 'flag'] });
      for (const condition of [
        { field: 'late', is: 'yes' },
        { field: 'list', has: 'q' },
        { field: 'flag', is: true },
      ])
        expect(await the.store.count('planning.other', [condition])).toBe(1);
    });
  });
};
