import { randomBytes } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from '@jest/globals';
import { KeysUnusable, type KeyStore, type MasterKeys } from '../key-store.js';
import { answersOf, fill, killedNow, newFolder, openIn, removeFolders } from './small-folder.fixture.js';

afterAll(removeFolders);

const masterOf = (keys: KeyStore): MasterKeys => keys.master as MasterKeys;
const rewrapAll = async (keys: KeyStore, atMost = 2) => {
  for (let rounds = 0; rounds < 50; rounds += 1) {
    const status = await masterOf(keys).rewrap(atMost);
    if (status.done) return status;
  }
  throw new Error('it is never done');
};
const bytesOf = (folder: string) => Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));

const filled = async () => {
  const folder = newFolder();
  const keys = openIn(folder);
  await fill(keys);
  return { folder, keys, right: await answersOf(keys) };
};

describe('a new master key for a folder of keys', () => {
  it('B9 is put in place while the keys are used; then the old one can be removed, and nothing is left that it opens', async () => {
    const { folder, keys, right } = await filled();
    const [old, database] = [join(folder, 'master.key'), join(folder, 'keys.db')];
    const looking = async () => new Set((await masterOf(keys).status()).removable);
    expect(await looking()).toEqual(new Set());
    expect(await masterOf(keys).replace()).toMatchObject({ generation: 2, left: 4, done: false, removable: [] });
    expect(await rewrapAll(keys)).toMatchObject({ generation: 2, left: 0, done: true, removable: [old] });
    expect(await answersOf(keys)).toBe(right);
    await keys.close();

    rmSync(old);
    const again = openIn(folder);
    expect(await answersOf(again)).toBe(right);
    expect(await masterOf(again).status()).toMatchObject({ generation: 2, done: true, removable: [] });
    expect(await masterOf(again).replace()).toMatchObject({ generation: 3 });
    await rewrapAll(again);
    await again.close();
    const raw = new DatabaseSync(database);
    expect(raw.prepare('SELECT DISTINCT master FROM keys').all()).toEqual([{ master: 3 }]);
    raw.close();
  });

  it('B9 leaves nothing of the former wrapping in the files', async () => {
    const { folder, keys } = await filled();
    await keys.close();
    const raw = new DatabaseSync(join(folder, 'keys.db'));
    const wrapped = raw
      .prepare('SELECT wrapped FROM keys')
      .all()
      .map((row) => Buffer.from((row as { wrapped: Uint8Array }).wrapped));
    raw.close();
    for (const one of wrapped) expect(bytesOf(folder).includes(one)).toBe(true);
    const again = openIn(folder);
    await masterOf(again).replace();
    await rewrapAll(again);
    for (const one of wrapped) expect(bytesOf(folder).includes(one)).toBe(false);
    await again.close();
  });

  it('B9 is carried on after a kill at any moment: every key opens, and it comes to its end', async () => {
    const { folder, keys, right } = await filled();
    await keys.close();
    const killed: string[] = [];
    const snapping = openIn(folder, (size) => {
      killed.push(killedNow(folder));
      return randomBytes(size);
    });
    await masterOf(snapping).replace();
    killed.push(killedNow(folder));
    for (let done = false; !done; killed.push(killedNow(folder))) ({ done } = await masterOf(snapping).rewrap(1));
    await snapping.close();
    expect(killed.length).toBeGreaterThan(8);
    // One of them lies between the new file and the note that it is in use.
    expect(killed.some((copy) => existsSync(join(copy, 'master-2.key')))).toBe(true);
    for (const copy of killed) {
      const restored = openIn(copy);
      expect(await answersOf(restored)).toBe(right);
      await masterOf(restored).replace();
      expect(await rewrapAll(restored)).toMatchObject({ left: 0, done: true });
      expect(await answersOf(restored)).toBe(right);
      await restored.close();
    }
  });

  it('B9 keeps a key that was being made, replaced or destroyed meanwhile', async () => {
    const { keys } = await filled();
    await masterOf(keys).replace();
    const making = keys.provide(['new']);
    await masterOf(keys).rewrap(1);
    const made = (await making).get('new');
    await keys.replace('omar');
    await masterOf(keys).rewrap(1);
    await keys.destroy('amir');
    await rewrapAll(keys);
    const answers = await answersOf(keys);
    expect(await keys.find('new')).toBe(made);
    expect(answers).toContain('omar 2 ');
    expect(answers.match(/destroyed/g)).toHaveLength(6);
    await keys.close();
  });
});

describe('a master key that does not fit', () => {
  const between = async () => {
    const { folder, keys } = await filled();
    await masterOf(keys).replace();
    await masterOf(keys).rewrap(1);
    await keys.close();
    return { folder, first: join(folder, 'master.key'), second: join(folder, 'master-2.key'), database: join(folder, 'keys.db') };
  };

  it('B9 either of the two is missing while both are needed: the file is named', async () => {
    for (const which of ['first', 'second'] as const) {
      const place = await between();
      renameSync(place[which], `${place[which]}.away`);
      expect(() => openIn(place.folder)).toThrow(`${place[which]} is missing`);
      expect(existsSync(place[which])).toBe(false);
    }
  });

  it('B9 another set’s stands in its place: both fingerprints are told, and nothing is called damaged', async () => {
    const [ours, other] = [await between(), await between()];
    copyFileSync(other.second, ours.second);
    expect(() => openIn(ours.folder)).toThrow(
      /master-2\.key has fingerprint [0-9a-f]{16}, but .*keys\.db was wrapped by the master key with fingerprint/,
    );
  });

  it('B9 a byte of it was altered: that file is called damaged', async () => {
    const { folder, second } = await between();
    const text = readFileSync(second, 'utf8');
    writeFileSync(
      second,
      text.replace(/\n(.)/, (_, letter: string) => `\n${letter === 'A' ? 'B' : 'A'}`),
    );
    expect(() => openIn(folder)).toThrow(/master-2\.key is damaged/);
  });

  it('B9 what keys.db says of it was altered: keys.db is called damaged, not the master key', async () => {
    for (const change of [
      "UPDATE masters SET fingerprint = 'ffffffffffffffff' WHERE generation = 2",
      'UPDATE masters SET generation = 9 WHERE generation = 2',
    ]) {
      const { folder, database } = await between();
      const tampering = new DatabaseSync(database);
      tampering.exec(change);
      tampering.close();
      expect(() => openIn(folder)).toThrow(/keys\.db is damaged: what it says of its master key does not hold/);
    }
  });

  it('B9 others can read it: refused with the way to put it right', async () => {
    const { folder, second } = await between();
    chmodSync(second, 0o644);
    expect(() => openIn(folder)).toThrow(KeysUnusable);
    expect(() => openIn(folder)).toThrow(`chmod 600 ${second}`);
  });
});
