import { beforeEach, describe, expect, it } from '@jest/globals';
import { ReadModelUnavailable, StaleCheckpoint } from '../read-model-store.js';
import { cases, put, some, step } from './samples.js';
import type { StoreUnderTest } from './under-test.js';

/** What changes the store itself: rebuilding, closing, opening again. */
export const lasting = (the: StoreUnderTest): void => {
  describe('a rebuild', () => {
    beforeEach(() => the.store.write(step('start', '5', ...some)));

    it('fills a new generation while the old one serves, and swaps it in with its checkpoint', async () => {
      const generation = await the.store.rebuild([cases], 'p');
      expect(await generation.store.checkpoint('p')).toBe('start');
      expect(await generation.store.get(cases.name, 'a')).toBeUndefined();
      await generation.store.write(step('start', '9', { id: 'new', status: 'open', needs: ['speech'] }));
      expect(await generation.store.get(cases.name, 'new')).toMatchObject({ status: 'open' });
      expect((await generation.store.getMany(cases.name, ['new', 'a'])).size).toBe(1);
      expect(await the.store.count(cases.name)).toBe(some.length);
      expect(await the.store.checkpoint('p')).toBe('5');
      await the.store.write(step('5', '6', { id: 'meanwhile' }));
      await generation.swap();
      expect(await the.ids({ where: [{ field: 'needs', has: 'speech' }] })).toEqual(['new']);
      expect(await the.store.count(cases.name)).toBe(1);
      expect(await the.store.checkpoint('p')).toBe('9');
      await expect(the.store.write(step('6', '7', { id: 'late' }))).rejects.toThrow(StaleCheckpoint);
      await the.store.write(step('9', '10', { id: 'next' }));
    });

    it('leaves no trace when it is discarded, and can be begun again', async () => {
      const generation = await the.store.rebuild([cases], 'p');
      await generation.store.write(step('start', '9', { id: 'new' }));
      await generation.discard();
      expect(await the.store.count(cases.name)).toBe(some.length);
      const again = await the.store.rebuild([cases], 'p');
      expect(await again.store.checkpoint('p')).toBe('start');
      await again.swap();
      expect(await the.store.count(cases.name)).toBe(0);
    });

    it('guards its own checkpoint', async () => {
      const generation = await the.store.rebuild([cases], 'p');
      await expect(generation.store.write(step('5', '6'))).rejects.toThrow(StaleCheckpoint);
      await generation.discard();
    });
  });

  it('says that it is unavailable once closed', async () => {
    await the.store.close();
    await expect(the.store.get(cases.name, 'a')).rejects.toThrow(ReadModelUnavailable);
    await expect(the.store.write(put({ id: 'a' }))).rejects.toThrow(ReadModelUnavailable);
  });

  it('holds everything after it was opened again, but for an unfinished rebuild', async () => {
    if (!the.canReopen) return expect(the.name).toBe('memory');
    await the.store.write(step('start', '5', ...some));
    const { next } = await the.store.find(cases.name, { sortBy: 'age', limit: 3 });
    const generation = await the.store.rebuild([cases], 'p');
    await generation.store.write(step('start', '9', { id: 'new' }));
    await the.reopen();
    expect(await the.store.count(cases.name)).toBe(some.length);
    expect(await the.store.checkpoint('p')).toBe('5');
    expect(await the.ids({ where: [{ field: 'needs', has: 'housing' }] })).toEqual(['a']);
    expect((await the.store.find(cases.name, { sortBy: 'age', cursor: next ?? '' })).items).toHaveLength(4);
    expect(await (await the.store.rebuild([cases], 'p')).store.checkpoint('p')).toBe('start');
  });
};
