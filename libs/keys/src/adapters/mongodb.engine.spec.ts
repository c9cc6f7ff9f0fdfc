import { randomBytes } from 'node:crypto';
import { databaseOf } from '@waymark/mongo';
import { findMongo, newDatabase, type TestDatabase } from '@waymark/mongo/testing';
import { engineSuite } from '@waymark/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { keyStoreSuite } from '../conformance/key-store.suite.js';
import { KeysUnavailable, KeysUnusable, type DataKey } from '../key-store.js';
import { openMongoKeyStore } from './mongodb.js';

const keptMs = 60_000;

await engineSuite('MongoDB', findMongo, (server) => {
  const databases: TestDatabase[] = [];
  const fresh = async () => {
    const database = await newDatabase(server);
    databases.push(database);
    return database;
  };
  const dropAll = async () => {
    for (const database of databases.splice(0)) await database.drop();
  };

  describe('each with a database of its own', () => {
    afterEach(dropAll);
    keyStoreSuite(
      'MongoDB',
      () => {
        const masterKey = randomBytes(32);
        let nowMs = 0;
        let database: TestDatabase | undefined;
        const open = async () =>
          openMongoKeyStore({
            connection: await (database ??= await fresh()).connect(),
            masterKey,
            random: randomBytes,
            monotonicMs: () => nowMs,
            keptMs,
          });
        return { open, reopen: open, beside: { open, pass: () => (nowMs += keptMs) } };
      },
      { durable: true },
    );
  });

  describe('keys in a database', () => {
    const masterKey = randomBytes(32);
    let database: TestDatabase;
    let nowMs = 0;
    const open = (overrides: Partial<Parameters<typeof openMongoKeyStore>[0]> = {}) =>
      openMongoKeyStore({ connection: database.connection, masterKey, random: randomBytes, monotonicMs: () => nowMs, ...overrides });
    beforeEach(async () => (database = await fresh()));
    afterEach(dropAll);
    const rows = (name = '_keys') => databaseOf(database.connection).collection<{ _id: string; wrapped: string | null }>(name);

    it('are refused to another master key, naming both fingerprints', async () => {
      await (await open()).provide(['amir']);
      const refused = await open({ masterKey: randomBytes(32) }).catch((error: unknown) => error as KeysUnusable);
      expect(refused).toBeInstanceOf(KeysUnusable);
      expect(new Set((refused as KeysUnusable).message.match(/fingerprint [0-9a-f]{16}/g)).size).toBe(2);
    });

    it('are refused when they are not the ones that the event store was sealed with, and none are made in their place', async () => {
      await expect(open({ expectedId: 'another' })).rejects.toThrow('holds no keys, but the event store was sealed with key set another');
      expect(await rows('_waymark').countDocuments()).toBe(0);
      const { id } = await open();
      await expect(open({ expectedId: 'another' })).rejects.toThrow(id);
      expect((await open({ expectedId: id })).id).toBe(id);
    });

    it('are refused when what they were wrapped by is lost', async () => {
      await (await open()).provide(['amir']);
      await rows('_waymark').deleteMany({});
      await expect(open()).rejects.toThrow(KeysUnusable);
    });

    it('are one set for processes that start at the same moment', async () => {
      const ids = (await Promise.all(Array.from({ length: 8 }, () => open()))).map(({ id }) => id);
      expect(new Set(ids).size).toBe(1);
    });

    it('are wrapped, and nothing of one is left once it was destroyed', async () => {
      const keys = await open();
      const key = (await keys.provide(['amir'])).get('amir') as DataKey;
      const before = await rows().findOne({ _id: 'amir' });
      expect(before?.wrapped).not.toContain(Buffer.from(key.bytes).toString('base64').slice(0, 20));
      await keys.destroy('amir');
      expect(await rows().findOne({ _id: 'amir' })).toEqual({ _id: 'amir', wrapped: null });
    });

    it('say so when one is damaged or passed off as another’s', async () => {
      const keys = await open();
      await keys.provide(['amir', 'leila']);
      const leila = await rows().findOne({ _id: 'leila' });
      await rows().updateOne({ _id: 'amir' }, { $set: { wrapped: leila?.wrapped ?? '' } });
      nowMs += keptMs;
      await expect(keys.find('amir')).rejects.toThrow('the key of subject amir does not open');
    });

    it('stay at hand for their time and no longer', async () => {
      const keys = await open();
      await keys.provide(['amir']);
      nowMs += keptMs - 1;
      expect(keys.peek('amir')).toBeDefined();
      nowMs += 1;
      expect(keys.peek('amir')).toBeUndefined();
      expect(await keys.find('amir')).toMatchObject({ subject: 'amir' });
    });

    it('would stay at hand for good without an end to it (the suite notices)', async () => {
      const [hoarder, other] = [await open({ keptMs: Infinity }), await open()];
      await hoarder.provide(['amir']);
      await other.destroy('amir');
      nowMs += keptMs;
      expect(await hoarder.find('amir')).toMatchObject({ subject: 'amir' });
    });

    it('say that they are unavailable when the database is away, and make none', async () => {
      const connection = await database.connect();
      const keys = await open({ connection });
      await connection.close();
      await expect(keys.provide(['amir'])).rejects.toMatchObject({ name: 'KeysUnavailable', reason: 'unreachable' });
      await expect(open({ connection })).rejects.toThrow(KeysUnavailable);
    });
  });
});
