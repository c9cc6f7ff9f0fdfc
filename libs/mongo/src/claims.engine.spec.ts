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
      const twice = await wonTwice({ alone: (_, work) => work() });
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
});
