import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { StreamName } from '@waymark/kernel';
import { KeysUnusable, memoryKeyStore, type KeyStore } from '@waymark/keys';
import { commandId } from '../conformance/samples.js';
import { UnreadableEvent, type EventStore } from '../event-store.js';
import { all, amir, contact, FamilyDescribed, leila, newEvent, setting, stream } from './sealing.fixture.js';

const another = 'assessment.visit-1' as StreamName;

/** A record that is sealed under Amir's key, and the keys as an older backup has them, until they are put back. */
const olderKeys = async () => {
  const { log, keys: right, store: writer } = setting();
  await writer.append(stream, 'none', [contact()], commandId());
  let current: KeyStore = memoryKeyStore(randomBytes);
  const keys: KeyStore = {
    id: right.id,
    peek: (...asked) => current.peek(...asked),
    find: (...asked) => current.find(...asked),
    provide: (subjects) => current.provide(subjects),
    replace: (subject) => current.replace(subject),
    destroy: (subject) => current.destroy(subject),
    close: () => current.close(),
  };
  const { store } = setting(undefined, { log, keys });
  return { log, keys, store, putBack: () => (current = right) };
};

describe('a key that the event log needs and that is not among the keys', () => {
  it.each([
    ['the stream', (store: EventStore) => all(store.read(stream)).catch(() => [])],
    ['everything', (store: EventStore) => all(store.readAll('start'))],
  ])('is not made a second time for another stream, once %s was read', async (_, read) => {
    const { log, keys, store } = await olderKeys();
    await read(store);
    const refused = store.append(another, 'none', [contact()], commandId());
    await expect(refused).rejects.toThrow(KeysUnusable);
    await expect(refused).rejects.toThrow(/No new key was made. Put the keys back from their newest backup/);
    expect(await keys.find(amir)).toBeUndefined();
    expect(await all(log.read(another))).toEqual([]);
  });

  it('seals again once the keys were put back', async () => {
    const { store, putBack } = await olderKeys();
    await all(store.readAll('start'));
    await expect(store.append(another, 'none', [contact()], commandId())).rejects.toThrow(KeysUnusable);
    putBack();
    await store.append(another, 'none', [contact()], commandId());
    expect((await all(store.readAll('start'))).some((one) => one instanceof UnreadableEvent)).toBe(false);
  });

  it('is made by who has read nothing that was sealed under it: what cannot be noticed there (docs/adr/0011)', async () => {
    const { keys, store } = await olderKeys();
    await store.append(another, 'none', [contact()], commandId());
    expect(await keys.find(amir)).toMatchObject({ generation: 1 });
    expect((await all(store.readAll('start'))).map((one) => one instanceof UnreadableEvent)).toEqual([true, false]);
  });

  it('keeps nobody else from being sealed for', async () => {
    const { store } = await olderKeys();
    await all(store.readAll('start'));
    const leilas = newEvent(FamilyDescribed({ members: [{ personId: leila, name: 'Leila', says: [] }] }));
    expect(await store.append(another, 'none', [leilas], commandId())).toMatchObject({ first: 1 });
  });
});
