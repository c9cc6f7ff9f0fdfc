import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Leases } from '../leases.js';

export interface LeasesHarness {
  open(): Promise<Leases>;
  /** Absent where a process is alone with its leases. */
  beside?: Beside;
  cleanUp(): Promise<void>;
}

export interface Beside {
  /** The same leases as another process has them. */
  open(): Promise<Leases>;
  /** Lets time go by on every process's own clock. */
  pass(ms: number): void;
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

    describe('with other processes beside it', () => {
      const lease = 'planning.reactions';
      let other: Leases;
      let third: Leases;
      const besides = async (work: (pass: (ms: number) => void) => Promise<void>) => {
        const { beside } = at;
        if (!beside) return expect(name).toBe('one process');
        [other, third] = [await beside.open(), await beside.open()];
        await work((ms) => beside.pass(ms)).finally(() => Promise.all([other.close(), third.close()]));
      };

      it('leaves it with a holder that renews, however long', () =>
        besides(async (pass) => {
          await leases.take(lease, 'one', ttlMs);
          for (let i = 0; i < 5; i += 1) {
            expect(await other.take(lease, 'two', ttlMs)).toBe(false);
            pass(ttlMs - 1);
            expect(await leases.take(lease, 'one', ttlMs)).toBe(true);
          }
          expect(await other.take(lease, 'two', ttlMs)).toBe(false);
        }));

      it('takes it from a holder that stopped renewing, after its time as the candidate watched it and not before', () =>
        besides(async (pass) => {
          await leases.take(lease, 'one', ttlMs);
          pass(10 * ttlMs);
          // However long it stood: nobody has watched it so far.
          expect(await other.take(lease, 'two', ttlMs)).toBe(false);
          pass(ttlMs - 1);
          expect(await other.take(lease, 'two', ttlMs)).toBe(false);
          pass(1);
          expect(await other.take(lease, 'two', ttlMs)).toBe(true);
        }));

      it('goes by the time that the holder asked for, not by a shorter one of the candidate', () =>
        besides(async (pass) => {
          await leases.take(lease, 'one', ttlMs);
          await other.take(lease, 'two', 1);
          pass(ttlMs - 1);
          expect(await other.take(lease, 'two', 1)).toBe(false);
        }));

      it('lets a holder that comes back late see that it lost', () =>
        besides(async (pass) => {
          await leases.take(lease, 'one', ttlMs);
          await other.take(lease, 'two', ttlMs);
          pass(ttlMs);
          expect(await other.take(lease, 'two', ttlMs)).toBe(true);
          expect(await leases.take(lease, 'one', ttlMs)).toBe(false);
          await leases.release(lease, 'one');
          expect(await third.take(lease, 'three', ttlMs)).toBe(false);
          expect(await other.take(lease, 'two', ttlMs)).toBe(true);
        }));

      it('gives it to one of two candidates that have both watched it run out', () =>
        besides(async (pass) => {
          for (let round = 0; round < 10; round += 1) {
            const name = `planning.round-${round}`;
            await leases.take(name, 'one', ttlMs);
            await Promise.all([other.take(name, 'two', ttlMs), third.take(name, 'three', ttlMs)]);
            pass(ttlMs);
            const won = await Promise.all([other.take(name, 'two', ttlMs), third.take(name, 'three', ttlMs)]);
            expect(won.filter(Boolean)).toHaveLength(1);
          }
        }));

      it('gives it at once to another process when it was let go', () =>
        besides(async () => {
          await leases.take(lease, 'one', ttlMs);
          await leases.release(lease, 'one');
          expect(await other.take(lease, 'two', ttlMs)).toBe(true);
        }));
    });
  });
};
