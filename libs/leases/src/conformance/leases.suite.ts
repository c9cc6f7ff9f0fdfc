import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Leases } from '../leases.js';

export interface LeasesHarness {
  open(): Promise<Leases>;
  cleanUp(): Promise<void>;
}

const ttlMs = 60_000;

/** What every keeper of leases does. */
export const leasesSuite = (name: string, harness: () => Promise<LeasesHarness>): void => {
  describe(`leases on ${name}`, () => {
    let at: LeasesHarness;
    let leases: Leases;
    beforeEach(async () => {
      at = await harness();
      leases = await at.open();
    });
    afterEach(async () => {
      await leases.close();
      await at.cleanUp();
    });

    it('gives a lease to one holder, again and again, and to no other meanwhile', async () => {
      expect(await leases.take('planning.reactions', 'one', ttlMs)).toBe(true);
      expect(await leases.take('planning.reactions', 'two', ttlMs)).toBe(false);
      expect(await leases.take('planning.reactions', 'one', ttlMs)).toBe(true);
    });

    it('keeps the leases of different names apart', async () => {
      await leases.take('planning.reactions', 'one', ttlMs);
      expect(await leases.take('referral.reactions', 'two', ttlMs)).toBe(true);
    });

    it('gives it to the next once it was let go, and lets nobody let go of another’s', async () => {
      await leases.take('planning.reactions', 'one', ttlMs);
      await leases.release('planning.reactions', 'two');
      expect(await leases.take('planning.reactions', 'two', ttlMs)).toBe(false);
      await leases.release('planning.reactions', 'one');
      expect(await leases.take('planning.reactions', 'two', ttlMs)).toBe(true);
      expect(await leases.take('planning.reactions', 'one', ttlMs)).toBe(false);
    });

    it('gives it to exactly one of many that ask at once', async () => {
      const asked = await Promise.all(Array.from({ length: 20 }, (_, i) => leases.take('planning.reactions', `holder ${i}`, ttlMs)));
      expect(asked.filter(Boolean)).toHaveLength(1);
    });
  });
};
