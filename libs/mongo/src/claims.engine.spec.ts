import { engineSuite } from '@waymark/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { claimsFor, type Claims } from './claims.js';
import { databaseOf, serverOf } from './server.js';
import { findMongo, newDatabase, type TestDatabase } from './testing/database.js';

const contenders = 4;
const rounds = 30;

await engineSuite('MongoDB', findMongo, (server) => {
  let database: TestDatabase;
  beforeEach(async () => (database = await newDatabase(server)));
  afterEach(() => database.drop());

  /** In how many rounds more than one thought that it had moved the counter on. */
  const wonTwice = async (claims: Claims): Promise<number> => {
    const counters = databaseOf(database.connection).collection<{ _id: string; n: number }>('counters');
    let twice = 0;
    for (let n = 0; n < rounds; n += 1) {
      const _id = `counter ${n}`;
      await counters.insertOne({ _id, n: 0 });
      const moves = Array.from({ length: contenders }, () =>
        claims.alone(_id, async () => (await counters.updateOne({ _id, n: 0 }, { $set: { n: 1 } })).matchedCount),
      );
      if ((await Promise.all(moves)).filter((matched) => matched === 1).length !== 1) twice += 1;
    }
    return twice;
  };

  describe('of several that compare and write at the same moment', () => {
    it('one wins', async () => {
      expect(await wonTwice(await claimsFor(database.connection, { monotonicMs: () => performance.now() }))).toBe(0);
    });

    it('two win without a claim where the server compares and writes in two steps, and there alone', async () => {
      const { atomicUpdates } = await serverOf(database.connection);
      const twice = await wonTwice({ alone: (_, work) => work(), release: async () => undefined });
      if (atomicUpdates) expect(twice).toBe(0);
      else expect(twice).toBeGreaterThan(0);
    });
  });

  it('a claim of a process that died is broken once it stood still, and not before', async () => {
    if ((await serverOf(database.connection)).atomicUpdates) return;
    await databaseOf(database.connection).collection<{ _id: string; token: string }>('_claims').insertOne({ _id: 'x', token: 'dead' });
    let nowMs = 0;
    const claims = await claimsFor(database.connection, { monotonicMs: () => nowMs, deadAfterMs: 1_000 });
    let done = false;
    const waiting = claims.alone('x', async () => void (done = true));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(done).toBe(false);
    nowMs = 1_000;
    await waiting;
    expect(done).toBe(true);
  });

  describe('a claim that is kept', () => {
    const tokenOf = async (name: string) =>
      (await databaseOf(database.connection).collection<{ _id: string; token: string }>('_claims').findOne({ _id: name }))?.token;
    const nothing = async () => undefined;
    let nowMs: number;
    const kept = (keptMs = 200) => claimsFor(database.connection, { monotonicMs: () => nowMs, deadAfterMs: 1_000, keptMs });
    const isMongo = async () => (await serverOf(database.connection)).atomicUpdates;
    beforeEach(() => void (nowMs = 0));

    it('serves the next work too, until its time is up', async () => {
      if (await isMongo()) return;
      const claims = await kept();
      const tokens: (string | undefined)[] = [];
      for (const at of [0, 100, 199, 200]) {
        nowMs = at;
        await claims.alone('x', async () => void tokens.push(await tokenOf('x')));
      }
      expect(new Set(tokens.slice(0, 3)).size).toBe(1);
      expect(tokens[0]).toBeDefined();
      expect(tokens[3]).not.toBe(tokens[0]);
    });

    it('is let go when nobody here wants it for a moment, and at the end', async () => {
      if (await isMongo()) return;
      const claims = await kept();
      await claims.alone('x', nothing);
      expect(await tokenOf('x')).toBeDefined();
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(await tokenOf('x')).toBeUndefined();
      await claims.alone('y', nothing);
      await claims.release();
      expect(await tokenOf('y')).toBeUndefined();
    });

    it('is let go at once after a failure', async () => {
      if (await isMongo()) return;
      const claims = await kept();
      await expect(claims.alone('x', async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
      await claims.release();
      expect(await tokenOf('x')).toBeUndefined();
    });

    it('lets nobody else in while it is kept, and comes round to those who wait', async () => {
      if (await isMongo()) return;
      const clock = { monotonicMs: () => performance.now(), deadAfterMs: 1_000 };
      const [busy, other] = [await claimsFor(database.connection, { ...clock, keptMs: 100 }), await claimsFor(database.connection, clock)];
      let [inside, overlapped, turns, over] = [0, false, 0, false];
      const work = async () => {
        overlapped ||= (inside += 1) > 1;
        await new Promise((resolve) => setTimeout(resolve, 5));
        inside -= 1;
      };
      const keepingOn = (async () => {
        while (!over) await busy.alone('x', work);
      })();
      for (; turns < 3; turns += 1) await other.alone('x', work);
      over = true;
      await keepingOn;
      expect([overlapped, turns]).toEqual([false, 3]);
    });
  });
});
