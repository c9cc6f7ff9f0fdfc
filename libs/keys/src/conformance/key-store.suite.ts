import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DESTROYED, type DataKey, type KeyStore } from '../key-store.js';

export interface KeyStoreHarness {
  /** A key store with nothing in it. */
  open(): Promise<KeyStore>;
  /** The same keys opened again after a close; absent where nothing outlives the process. */
  reopen?(): Promise<KeyStore>;
  /** The same keys as another process has them at the same time; absent where only one may. */
  beside?: Beside;
}

export interface Beside {
  open(): Promise<KeyStore>;
  /** Lets as much time go by, on every process's clock, as a destroyed key may stay at hand elsewhere. */
  pass(): void;
}

const amir = '0192f0c4-0000-7000-8000-000000000001';
const leila = '0192f0c4-0000-7000-8000-000000000002';

/** What every key store keeps to, whatever it is kept in. */
export const keyStoreSuite = (name: string, harness: () => KeyStoreHarness, { durable }: { durable: boolean }): void => {
  describe(`${name} as a key store`, () => {
    let current: KeyStoreHarness;
    let keys: KeyStore;
    beforeEach(async () => {
      current = harness();
      keys = await current.open();
    });
    afterEach(() => keys.close());

    const provideOne = async (subject: string): Promise<DataKey> => {
      const key = (await keys.provide([subject])).get(subject);
      if (!key || key === DESTROYED) throw new Error('no key');
      return key;
    };

    it('gives a subject without a key none', async () => {
      expect(await keys.find(amir)).toBeUndefined();
      expect(keys.peek(amir)).toBeUndefined();
    });

    it('makes a key of 256 bits and gives the same one ever after', async () => {
      const key = await provideOne(amir);
      expect(key.subject).toBe(amir);
      expect(key.bytes).toHaveLength(32);
      expect((await provideOne(amir)).bytes).toEqual(key.bytes);
      expect(await keys.find(amir)).toEqual(key);
      expect(keys.peek(amir)).toEqual(key);
    });

    it('B9 gives the newest generation unless asked for one, and none for a generation that never was', async () => {
      const key = await provideOne(amir);
      expect(key.generation).toBe(1);
      expect(await keys.find(amir, 1)).toEqual(key);
      expect(keys.peek(amir, 1)).toEqual(key);
      expect(await keys.find(amir, 2)).toBeUndefined();
      expect(keys.peek(amir, 2)).toBeUndefined();
    });

    const replaced = async (subject: string, store = keys): Promise<DataKey> => {
      const key = await store.replace(subject);
      if (!key || key === DESTROYED) throw new Error('nothing was put in place');
      return key;
    };

    it('B9 puts a newer generation in place of a key, and keeps the older ones for what they sealed', async () => {
      const first = await provideOne(amir);
      const leilas = await provideOne(leila);
      const second = await replaced(amir);
      const third = await replaced(amir);
      expect([second.generation, third.generation]).toEqual([2, 3]);
      expect(new Set([first, second, third].map(({ bytes }) => Buffer.from(bytes).toString('hex'))).size).toBe(3);
      expect(await provideOne(amir)).toEqual(third);
      expect(keys.peek(amir)).toEqual(third);
      expect(await keys.find(amir)).toEqual(third);
      for (const key of [first, second, third]) {
        expect(await keys.find(amir, key.generation)).toEqual(key);
        expect(keys.peek(amir, key.generation)).toEqual(key);
      }
      expect(await keys.find(amir, 4)).toBeUndefined();
      expect(await provideOne(leila)).toEqual(leilas);
    });

    it('B9 replaces nothing where there is no key, and nothing that was destroyed', async () => {
      expect(await keys.replace(amir)).toBeUndefined();
      expect(await keys.find(amir)).toBeUndefined();
      await keys.destroy(leila);
      expect(await keys.replace(leila)).toBe(DESTROYED);
      expect(await keys.find(leila)).toBe(DESTROYED);
    });

    it('B9 destroys every generation of a key at once', async () => {
      await provideOne(amir);
      await replaced(amir);
      await keys.destroy(amir);
      for (const generation of [undefined, 1, 2, 3]) {
        expect(await keys.find(amir, generation)).toBe(DESTROYED);
        expect(keys.peek(amir, generation)).toBe(DESTROYED);
      }
    });

    it('B9 makes as many generations as are asked for at the same time, or fewer, and forgets none', async () => {
      await provideOne(amir);
      const made = await Promise.all(Array.from({ length: 5 }, () => replaced(amir)));
      for (const key of made) expect(await keys.find(amir, key.generation)).toEqual(key);
      expect((await provideOne(amir)).generation).toBe(Math.max(...made.map(({ generation }) => generation)));
    });

    it('gives each subject a key of its own', async () => {
      const provided = await keys.provide([amir, leila]);
      expect([...provided.keys()]).toEqual([amir, leila]);
      expect((await provideOne(amir)).bytes).not.toEqual((await provideOne(leila)).bytes);
    });

    it('gives callers who ask at the same time the same key', async () => {
      const asked = await Promise.all(Array.from({ length: 20 }, () => provideOne(amir)));
      expect(new Set(asked.map((key) => Buffer.from(key.bytes).toString('hex'))).size).toBe(1);
    });

    it('answers a request for nobody with nobody', async () => {
      expect((await keys.provide([])).size).toBe(0);
    });

    it('destroys a key for good, and no other', async () => {
      await keys.provide([amir, leila]);
      await keys.destroy(amir);
      expect(keys.peek(amir)).toBe(DESTROYED);
      expect(await keys.find(amir)).toBe(DESTROYED);
      expect(await keys.find(amir, 1)).toBe(DESTROYED);
      expect((await keys.provide([amir, leila])).get(amir)).toBe(DESTROYED);
      expect((await provideOne(leila)).bytes).toHaveLength(32);
    });

    it('destroys what was destroyed again without complaint', async () => {
      await keys.provide([amir]);
      await keys.destroy(amir);
      await keys.destroy(amir);
      expect(await keys.find(amir)).toBe(DESTROYED);
    });

    it('marks a subject who never had a key as destroyed', async () => {
      await keys.destroy(leila);
      expect((await keys.provide([leila])).get(leila)).toBe(DESTROYED);
    });

    it('destroys a key that is still being made', async () => {
      const making = keys.provide([amir]);
      await keys.destroy(amir);
      await making;
      expect(await keys.find(amir)).toBe(DESTROYED);
    });

    it('says that it is closed instead of answering', async () => {
      await keys.close();
      await expect(keys.provide([amir])).rejects.toMatchObject({ name: 'KeysUnavailable', reason: 'closed' });
      await expect(keys.destroy(amir)).rejects.toMatchObject({ name: 'KeysUnavailable', reason: 'closed' });
    });

    if (durable)
      it('keeps keys, destructions and its id over a close', async () => {
        const [key, id] = [await provideOne(amir), keys.id];
        const second = await replaced(amir);
        await keys.destroy(leila);
        await keys.close();
        keys = (await current.reopen?.()) ?? keys;
        expect(keys.id).toBe(id);
        expect(await keys.find(amir)).toEqual(second);
        expect(await keys.find(amir, 1)).toEqual(key);
        expect(await keys.find(leila)).toBe(DESTROYED);
      });

    describe('with another process beside it', () => {
      /** The other process, where there can be one. */
      const besides = async (work: (other: KeyStore, pass: () => void) => Promise<void>) => {
        if (!current.beside) return expect(['memory', 'a folder of files']).toContain(name);
        const other = await current.beside.open();
        await work(other, () => current.beside?.pass()).finally(() => other.close());
      };

      it('agrees with it on a key that both make at once', () =>
        besides(async (other) => {
          expect(other.id).toBe(keys.id);
          const subjects = Array.from({ length: 20 }, (_, i) => `subject ${i}`);
          const [ours, theirs] = await Promise.all([keys.provide(subjects), other.provide([...subjects].reverse())]);
          for (const subject of subjects) expect(theirs.get(subject)).toEqual(ours.get(subject));
          expect(new Set([...ours.values()].map((key) => Buffer.from((key as DataKey).bytes).toString('hex'))).size).toBe(20);
        }));

      it('stops using a key in time that the other destroyed, and never makes another', () =>
        besides(async (other, pass) => {
          await keys.provide([amir]);
          await other.destroy(amir);
          pass();
          expect(keys.peek(amir)).toBeUndefined();
          expect(await keys.find(amir)).toBe(DESTROYED);
          expect((await keys.provide([amir])).get(amir)).toBe(DESTROYED);
        }));

      it('B9 opens at once what the other sealed under a key that it put in place, and seals under that key in time', () =>
        besides(async (other, pass) => {
          await provideOne(amir);
          const second = await replaced(amir, other);
          expect(await keys.find(amir, 2)).toEqual(second);
          pass();
          expect(await provideOne(amir)).toEqual(second);
        }));

      it('keeps a destruction that came while it was making the key', () =>
        besides(async (other, pass) => {
          await Promise.all([keys.provide([leila]), other.destroy(leila)]);
          pass();
          expect(await keys.find(leila)).toBe(DESTROYED);
          expect(await other.find(leila)).toBe(DESTROYED);
        }));
    });

    it('B9 wraps every key anew under a new master key while they are in use, and says how many are left', async () => {
      const master = keys.master;
      if (!master) return expect(name).toBe('memory');
      const subjects = Array.from({ length: 7 }, (_, i) => `subject ${i}`);
      const before = await keys.provide(subjects);
      await keys.destroy(leila);
      const old = await master.status();
      expect(old).toMatchObject({ generation: 1, left: 0, done: true });

      const begun = await master.replace();
      expect(begun).toMatchObject({ generation: 2, left: 8, done: false });
      expect(begun.fingerprint).not.toBe(old.fingerprint);
      expect(await master.replace()).toEqual(begun);
      const made = await provideOne(amir);
      expect((await master.rewrap(3)).left).toBe(5);
      expect((await replaced('subject 6')).generation).toBe(2);
      await master.rewrap(3);
      expect((await master.rewrap(3)).left).toBe(0);
      for (const subject of subjects) expect(await keys.find(subject, 1)).toEqual(before.get(subject));
      expect(await keys.find(amir)).toEqual(made);
      expect(await keys.find(leila)).toBe(DESTROYED);
    });

    it('names another set of keys by another id', async () => {
      const other = await harness().open();
      expect(other.id).not.toBe(keys.id);
      await other.close();
    });
  });
};
