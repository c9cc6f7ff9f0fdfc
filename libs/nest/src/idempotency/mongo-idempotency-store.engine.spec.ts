import { findMongo, newDatabase, type TestDatabase } from '@waymark/mongo/testing';
import { ReadModelUnavailable } from '@waymark/read-model';
import { engineSuite } from '@waymark/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Remembered } from './idempotency-store.js';
import { openMongoIdempotencyStore } from './mongo-idempotency-store.js';

const at = '2026-03-02T09:15:00.000Z';
const answer = (fingerprint: string): Remembered => ({
  fingerprint,
  answer: { status: 201, headers: { location: '/cases/1' }, body: { 'a.b': null, $c: 1 } },
});

await engineSuite('MongoDB', findMongo, (server) => {
  describe('answers that replicas share', () => {
    let database: TestDatabase;
    beforeEach(async () => (database = await newDatabase(server)));
    afterEach(() => database.drop());

    it('are found by every replica as they were remembered', async () => {
      const [one, two] = [await openMongoIdempotencyStore(database.connection), await openMongoIdempotencyStore(await database.connect())];
      expect(await one.find('c')).toBeUndefined();
      await one.remember('c', answer('f'), at);
      expect(await two.find('c')).toEqual(answer('f'));
    });

    it('stay as the first that was remembered', async () => {
      const store = await openMongoIdempotencyStore(database.connection);
      await Promise.all(['f', 'g', 'h'].map((fingerprint) => store.remember('c', answer(fingerprint), at)));
      const first = await store.find('c');
      await store.remember('c', answer('late'), at);
      expect(await store.find('c')).toEqual(first);
    });

    it('are forgotten after thirty days, by whoever writes then', async () => {
      const store = await openMongoIdempotencyStore(database.connection);
      await store.remember('old', answer('f'), '2026-01-30T09:14:59.999Z');
      await store.remember('kept', answer('f'), '2026-01-31T09:15:00.000Z');
      for (let i = 0; i < 998; i += 1) await store.remember(`c${i}`, answer('f'), at);
      expect(await store.find('old')).toBeUndefined();
      expect(await store.find('kept')).toBeDefined();
    });

    it('that cannot be kept are let go, and those that cannot be looked for are an error', async () => {
      const connection = await database.connect();
      const store = await openMongoIdempotencyStore(connection);
      await connection.close();
      await store.remember('c', answer('f'), at);
      await expect(store.find('c')).rejects.toThrow(ReadModelUnavailable);
      await expect(openMongoIdempotencyStore(connection)).rejects.toThrow(ReadModelUnavailable);
    });
  });
});
