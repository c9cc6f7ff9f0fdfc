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
        await keys.destroy(leila);
        await keys.close();
        keys = (await current.reopen?.()) ?? keys;
        expect(keys.id).toBe(id);
        expect((await keys.find(amir)) as DataKey).toMatchObject({ subject: amir, bytes: key.bytes });
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

      it('keeps a destruction that came while it was making the key', () =>
        besides(async (other, pass) => {
          await Promise.all([keys.provide([leila]), other.destroy(leila)]);
          pass();
          expect(await keys.find(leila)).toBe(DESTROYED);
          expect(await other.find(leila)).toBe(DESTROYED);
        }));
    });

    it('names another set of keys by another id', async () => {
      const other = await harness().open();
      expect(other.id).not.toBe(keys.id);
      await other.close();
    });
  });
};
