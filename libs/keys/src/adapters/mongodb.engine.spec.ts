import { createSecretKey, randomBytes } from 'node:crypto';
import { databaseOf } from '@waymark/mongo';
import { findMongo, newDatabase, type TestDatabase } from '@waymark/mongo/testing';
import { engineSuite } from '@waymark/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { keyStoreSuite } from '../conformance/key-store.suite.js';
import { DESTROYED, KeysUnavailable, KeysUnusable, NoNewMasterKey, type DataKey, type MasterKeys } from '../key-store.js';
import { fingerprintOf } from './master-key-text.js';
import { openMongoKeyStore } from './mongodb.js';
import { wrap } from './wrapping.js';

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
        const [masterKey, previousMasterKey] = [randomBytes(32), randomBytes(32)];
        let nowMs = 0;
        let database: TestDatabase | undefined;
        const made = async () => {
          database = await fresh();
          // Its first start was with the master key that is now the previous one.
          await (await openMongoKeyStore({ connection: database.connection, masterKey: previousMasterKey, random: randomBytes })).close();
          return database;
        };
        const open = async () =>
          openMongoKeyStore({
            connection: await (database ?? (await made())).connect(),
            ...{ masterKey, previousMasterKey },
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
    const rows = (name = '_keys') =>
      databaseOf(database.connection).collection<{ _id: string; wrapped: string | null; generation?: number }>(name);

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
      const after = await rows().find({}).toArray();
      expect(after).toMatchObject([{ _id: 'amir', generation: 0 }]);
      expect(after[0]?.wrapped).not.toBe(before?.wrapped);
    });

    it('say so when one is damaged or passed off as another’s', async () => {
      const keys = await open();
      await keys.provide(['amir', 'leila']);
      const leila = await rows().findOne({ _id: 'leila' });
      await rows().updateOne({ _id: 'amir' }, { $set: { wrapped: leila?.wrapped ?? '' } });
      nowMs += keptMs;
      await expect(keys.find('amir')).rejects.toThrow('the key of subject amir does not open');
    });

    it('B9 are refused where one was said to be destroyed that was not', async () => {
      const keys = await open();
      await keys.provide(['amir']);
      await rows().updateOne({ _id: 'amir' }, { $set: { generation: 0 } });
      nowMs += keptMs;
      await expect(keys.find('amir')).rejects.toThrow('the key of subject amir does not open');
    });

    it('B9 are taken forward from layout 1 once, also by several that start at once, or after one that was killed half way', async () => {
      const key = createSecretKey(masterKey);
      const secrets = new Map(Array.from({ length: 600 }, (_, i) => [`subject ${i}`, randomBytes(32)]));
      const under = (name: string, secret: Uint8Array) => wrap(key, randomBytes, name, secret).toString('base64');
      const old = [...secrets].map(([_id, secret]) => ({ _id, wrapped: under(_id, secret) }));
      await rows().insertMany([...old, { _id: 'leila', wrapped: null }]);
      const check = under('waymark keys', Buffer.from('waymark keys'));
      await databaseOf(database.connection)
        .collection<{ _id: string }>('_waymark')
        .insertOne({ _id: 'keys', ...{ layout: 1, set: 'a set', fingerprint: fingerprintOf(masterKey), check } });
      await expect(open({ masterKey: randomBytes(32) })).rejects.toThrow(/fingerprint [0-9a-f]{16}, but the keys/);

      const dying = await database.connect();
      let asked = 0;
      const killed = await open({
        connection: dying,
        random: (size) => {
          // In the middle of the second batch.
          if ((asked += 1) === 550) void dying.close(true);
          return randomBytes(size);
        },
      }).catch((error: unknown) => error);
      expect(killed).toBeInstanceOf(KeysUnavailable);
      const stores = await Promise.all(Array.from({ length: 4 }, () => open({ expectedId: 'a set' })));
      for (const keys of stores) {
        const found = await keys.provide([...secrets.keys()]);
        for (const [subject, bytes] of secrets) expect(found.get(subject)).toEqual({ subject, generation: 1, bytes });
        expect(await keys.find('leila')).toBe(DESTROYED);
      }
      expect(await rows().countDocuments({ generation: { $exists: false } })).toBe(0);
    });

    it('B9 are wrapped anew by two processes at once, and a process that has only the old master key waits', async () => {
      const [next, subjects] = [randomBytes(32), Array.from({ length: 30 }, (_, i) => `subject ${i}`)];
      const behind = await open();
      const before = await behind.provide(subjects);
      await expect((behind.master as MasterKeys).replace()).rejects.toThrow(NoNewMasterKey);
      const both = { masterKey: next, previousMasterKey: masterKey };
      const [one, two] = [await open(both), await open(both)];
      const masters = [one, two].map(({ master }) => master as MasterKeys);
      await Promise.all(masters.map((master) => master.replace()));
      expect(await masters[0]?.status()).toMatchObject({ generation: 2, left: 30, done: false, removable: [] });
      for (let rounds = 0; rounds < 5; rounds += 1) await Promise.all(masters.map((master) => master.rewrap(10)));
      expect(await masters[0]?.status()).toMatchObject({ left: 0, done: false });
      for (const subject of subjects) expect(await two.find(subject)).toEqual(before.get(subject));

      // Whoever was not given the new one can make no key that only the old one opens, from a minute on.
      nowMs += keptMs;
      await expect(behind.provide(['new'])).rejects.toMatchObject({
        name: 'KeysUnavailable',
        message: expect.stringContaining(fingerprintOf(next)),
      });
      await expect(behind.find('subject 1')).rejects.toThrow(KeysUnavailable);
      expect(await masters[0]?.rewrap(10)).toMatchObject({
        left: 0,
        done: true,
        removable: [`the master key with fingerprint ${fingerprintOf(masterKey)}`],
      });
      await expect(open()).rejects.toThrow(fingerprintOf(next));
      const alone = await open({ masterKey: next });
      for (const subject of subjects) expect(await alone.find(subject)).toEqual(before.get(subject));
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

    it('are asked for in one question when many are wanted at once, as a page of events does', async () => {
      const subjects = Array.from({ length: 300 }, (_, of) => `subject-${of}`);
      await (await open()).provide(subjects);
      const keys = await open();
      const find = jest.spyOn(databaseOf(database.connection).collection('_keys').constructor.prototype as { find: () => unknown }, 'find');
      try {
        const found = await Promise.all(subjects.map((subject) => keys.find(subject)));
        expect(find).toHaveBeenCalledTimes(1);
        expect(found.map((key) => (key as DataKey).subject)).toEqual(subjects);
        // Those of a later turn are asked for anew.
        expect(await keys.find('nobody')).toBeUndefined();
        expect(find).toHaveBeenCalledTimes(2);
      } finally {
        find.mockRestore();
      }
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
