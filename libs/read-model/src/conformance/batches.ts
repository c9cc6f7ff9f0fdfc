import { describe, expect, it } from '@jest/globals';
import { BadDocument, StaleCheckpoint, type Document } from '../read-model-store.js';
import { cases, put, step, type Case } from './samples.js';
import type { StoreUnderTest } from './under-test.js';

/** What takes effect together. */
export const batches = (the: StoreUnderTest): void => {
  describe('batches without a checkpoint', () => {
    it('take effect whole, also when several write the same documents at once', async () => {
      for (let round = 1; round <= 5; round += 1) {
        await Promise.all(
          ['x', 'y', 'z'].map((by) => the.store.write(put({ id: 'a', status: by }, { id: by, age: round }, { id: 'b', status: by }))),
        );
        const found = await the.store.getMany<Case>(cases.name, ['a', 'b']);
        expect(['x', 'y', 'z']).toContain(found.get('a')?.status);
        expect(found.get('b')?.status).toBe(found.get('a')?.status);
        expect(await the.store.count(cases.name, [{ field: 'age', is: round }])).toBe(3);
      }
    });
  });

  describe('checkpoints', () => {
    it('move with the documents, or neither does', async () => {
      expect(await the.store.checkpoint('p')).toBe('start');
      await the.store.write(step('start', '1', { id: 'a' }));
      await the.store.write({ ...step('1', '2', { id: 'b' }), durable: true });
      expect(await the.store.checkpoint('p')).toBe('2');
      await expect(the.store.write(step('1', '3', { id: 'c' }))).rejects.toThrow(StaleCheckpoint);
      await expect(the.store.write(step('2', '3', { id: 'c' }, { id: '' }))).rejects.toThrow(BadDocument);
      expect(await the.store.checkpoint('p')).toBe('2');
      expect(await the.store.get(cases.name, 'c')).toBeUndefined();
    });

    it('stay where they are when a batch says so, and its documents are written all the same', async () => {
      await the.store.write(step('start', '1', { id: 'a', age: 1 }));
      await the.store.write(step('1', '1', { id: 'a', age: 2 }));
      await the.store.write(step('1', '1', { id: 'a', age: 3 }, { id: 'b' }));
      expect(await the.store.get(cases.name, 'a')).toEqual({ id: 'a', age: 3 });
      expect(await the.store.checkpoint('p')).toBe('1');
    });

    it('come with the last of several changes of a document', async () => {
      const changes = [{ put: { id: 'a', age: 1 } }, { remove: 'a' }, { put: { id: 'a', age: 2 } }, { put: { id: 'b' } }, { remove: 'b' }];
      await the.store.write({
        changes: changes.map((change) => ({ ...change, in: cases.name })),
        checkpoint: { subscriber: 'p', after: 'start', position: '1' },
      });
      expect(await the.store.get(cases.name, 'a')).toEqual({ id: 'a', age: 2 });
      expect(await the.store.count(cases.name)).toBe(1);
    });

    it('let one of two subscribers of the same name take effect', async () => {
      const outcomes = await Promise.allSettled(['x', 'y'].map((id) => the.store.write(step('start', '1', { id }))));
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await the.store.count(cases.name)).toBe(1);
    });
  });

  describe('what is written aside', () => {
    const aside = (...documents: readonly Document[]) => ({ aside: documents.map((document) => ({ put: document, in: cases.name })) });
    const agesOf = async (...ids: readonly string[]) => {
      const found = await the.store.getMany<Case>(cases.name, ids);
      return ids.map((id) => found.get(id)?.age);
    };

    it('takes effect with its batch, or not at all', async () => {
      await the.store.write({ ...step('start', '1', { id: 'a', age: 1 }), ...aside({ id: 'b', age: 1 }) });
      await expect(the.store.write({ ...step('start', '2'), ...aside({ id: 'b', age: 2 }) })).rejects.toThrow(StaleCheckpoint);
      await expect(the.store.write({ ...step('1', '2', { id: 'a', age: 3 }), ...aside({ id: '' }) })).rejects.toThrow(BadDocument);
      expect(await the.store.checkpoint('p')).toBe('1');
      expect(await agesOf('a', 'b')).toEqual([1, 1]);
    });

    it('is seen at once where it was written, by whatever way it is read', async () => {
      for (let n = 1; n <= 40; n += 1) {
        await the.store.write({
          ...step(n === 1 ? 'start' : String(n - 1), String(n)),
          ...aside({ id: `case ${n}`, age: n }, { id: 'last', age: n }),
        });
        if (n % 3 === 0) expect(await agesOf('case 1', `case ${n}`, 'last')).toEqual([1, n, n]);
        if (n % 5 === 0) expect(await the.store.get(cases.name, `case ${n - 1}`)).toEqual({ id: `case ${n - 1}`, age: n - 1 });
        if (n % 7 === 0) expect(await the.store.count(cases.name, [{ field: 'age', is: n }])).toBe(2);
        if (n % 11 === 0) expect(await the.ids({ where: [{ field: 'age', is: n }] })).toEqual([`case ${n}`, 'last']);
      }
    });

    it('is there when the store is opened again', async () => {
      if (!the.canReopen) return;
      for (let n = 1; n <= 20; n += 1)
        await the.store.write({ ...step(n === 1 ? 'start' : String(n - 1), String(n)), ...aside({ id: `case ${n}`, age: n }) });
      await the.reopen();
      expect(await the.store.checkpoint('p')).toBe('20');
      expect(await the.store.count(cases.name)).toBe(20);
    });

    it('is what it was last changed to, in whichever way', async () => {
      await the.store.write({ ...step('start', '1'), ...aside({ id: 'a', age: 1 }, { id: 'b', age: 1 }, { id: 'c', age: 1 }) });
      await the.store.write({ ...step('1', '2', { id: 'a', age: 2 }, { id: 'c', age: 2 }), ...aside({ id: 'c', age: 3 }) });
      const remove = { remove: 'b', in: cases.name };
      await the.store.write({ changes: [], aside: [remove], checkpoint: { subscriber: 'p', after: '2', position: '3' } });
      expect(await agesOf('a', 'b', 'c')).toEqual([2, undefined, 3]);
    });
  });

  describe('a document that its writer takes for new', () => {
    const asNew = (after: string, position: string, ...documents: readonly Document[]) => ({
      changes: documents.map((document) => ({ put: document, in: cases.name, isNew: true })),
      checkpoint: { subscriber: 'p', after, position },
    });

    it.each([1, 20])('is written, also where it is not new after all (%i at once)', async (count) => {
      const all = (age: number) => Array.from({ length: count }, (_, n) => ({ id: `case ${n}`, age }));
      await the.store.write(asNew('start', '1', ...all(1)));
      await the.store.write(asNew('1', '2', ...all(2), { id: 'other', age: 2 }));
      expect(await the.store.count(cases.name, [{ field: 'age', is: 2 }])).toBe(count + 1);
      const removed = all(2).map(({ id }) => ({ remove: id, in: cases.name }));
      await the.store.write({ changes: removed, checkpoint: { subscriber: 'p', after: '2', position: '3' } });
      expect(await the.store.count(cases.name)).toBe(1);
      await the.store.write(asNew('3', '4', ...all(4)));
      expect(await the.store.count(cases.name, [{ field: 'age', is: 4 }])).toBe(count);
    });
  });
};
