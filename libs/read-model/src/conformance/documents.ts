import { describe, expect, it } from '@jest/globals';
import { BadDocument, type Document } from '../read-model-store.js';
import { cases, put, some } from './samples.js';
import type { StoreUnderTest } from './under-test.js';

/** What comes back of a document. */
export const documents = (the: StoreUnderTest): void => {
  describe('documents', () => {
    it('come back as they were put, and later puts replace earlier ones', async () => {
      const document = { id: 'x', status: 'open', nested: { list: [1, null, 'ü'], flag: false } };
      await the.store.write(put(document));
      expect(await the.store.get(cases.name, 'x')).toEqual(document);
      await the.store.write(put({ id: 'x', status: 'closed' }));
      expect(await the.store.get(cases.name, 'x')).toEqual({ id: 'x', status: 'closed' });
      expect(await the.store.get(cases.name, 'nobody')).toBeUndefined();
    });

    it('are no objects shared with the store', async () => {
      const document = { id: 'x', list: [1] };
      await the.store.write(put(document));
      document.list.push(2);
      const read = await the.store.get<{ id: string; list: number[] }>(cases.name, 'x');
      read?.list.push(3);
      expect(await the.store.get(cases.name, 'x')).toEqual({ id: 'x', list: [1] });
    });

    it('are found many at a time, those that are there', async () => {
      await the.store.write(put(...some));
      expect([...(await the.store.getMany(cases.name, ['c', 'nobody', 'a'])).keys()].sort()).toEqual(['a', 'c']);
      expect((await the.store.getMany(cases.name, [])).size).toBe(0);
    });

    it('are gone from every index once removed, and so are elements that a later put no longer has', async () => {
      await the.store.write(put(...some));
      await the.store.write({
        changes: [
          { remove: 'a', in: cases.name },
          { remove: 'nobody', in: cases.name },
        ],
      });
      await the.store.write(put({ id: 'b', status: 'closed', needs: ['housing'] }));
      expect(await the.store.get(cases.name, 'a')).toBeUndefined();
      expect(await the.ids({ where: [{ field: 'status', is: 'open' }] })).toEqual([]);
      expect(await the.ids({ where: [{ field: 'needs', has: 'speech' }] })).toEqual([]);
      expect(await the.ids({ where: [{ field: 'needs', has: 'housing' }] })).toEqual(['b']);
    });

    it('without an id, not JSON or over the limit are refused, and nothing of their batch is written', async () => {
      const cycle: Record<string, unknown> = { id: 'cycle' };
      cycle['self'] = cycle;
      const wrong: Document[] = [{ id: '' }, { id: 'x'.repeat(301) }, { id: 'big', text: 'x'.repeat(4 * 1024 * 1024) }, cycle as Document];
      for (const document of wrong) await expect(the.store.write(put({ id: 'good' }, document))).rejects.toThrow(BadDocument);
      expect(await the.store.count(cases.name)).toBe(0);
      await the.store.write(put({ id: 'good' }));
      expect(await the.store.count(cases.name)).toBe(1);
    });
  });
};
