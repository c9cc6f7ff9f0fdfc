import { describe, expect, it } from '@jest/globals';
import { BadDocument, StaleCheckpoint } from '../read-model-store.js';
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
};
