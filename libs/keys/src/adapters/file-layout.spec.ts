import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from '@jest/globals';
import { DESTROYED, KeysUnusable } from '../key-store.js';
import { openFileKeyStore } from './file.js';
import { provideMasterKey } from './master-key.js';
import { answersOf, fill, killedNow, newFolder, openIn, removeFolders } from './small-folder.fixture.js';
import { wrap } from './wrapping.js';

afterAll(removeFolders);

const set = 'a set of layout 1';
const secrets = new Map(Array.from({ length: 20 }, (_, i) => [`subject ${i}`, randomBytes(32)]));

/** A folder as the build of 30 November 2026 (cc0f46f) left it, by its own statements. */
const folderOfLayout1 = (): { readonly folder: string; readonly wrapped: readonly Buffer[] } => {
  const folder = newFolder();
  mkdirSync(folder, { mode: 0o700 });
  const master = provideMasterKey(folder, 1, randomBytes);
  const database = new DatabaseSync(join(folder, 'keys.db'));
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON;
    CREATE TABLE meta (id TEXT NOT NULL, master TEXT NOT NULL, wrapped_check BLOB NOT NULL) STRICT;
    CREATE TABLE keys (subject TEXT PRIMARY KEY, wrapped BLOB) STRICT, WITHOUT ROWID;
    PRAGMA application_id = ${0x574d6b79};
    PRAGMA user_version = 1;`);
  database
    .prepare('INSERT INTO meta VALUES (?, ?, ?)')
    .run(set, master.fingerprint, wrap(master.key, randomBytes, set, Buffer.from('waymark keys')));
  const wrapped = [...secrets].map(([subject, secret]) => wrap(master.key, randomBytes, subject, secret));
  for (const [index, subject] of [...secrets.keys()].entries())
    database.prepare('INSERT INTO keys VALUES (?, ?)').run(subject, wrapped[index] ?? null);
  database.prepare("INSERT INTO keys VALUES ('leila', NULL)").run();
  database.close();
  return { folder, wrapped };
};

const expectAll = async (folder: string) => {
  const keys = openFileKeyStore({ folder, random: randomBytes, expectedId: set });
  for (const [subject, bytes] of secrets) expect(await keys.find(subject)).toEqual({ subject, generation: 1, bytes });
  expect(await keys.find('leila')).toBe(DESTROYED);
  expect(await keys.find('nobody')).toBeUndefined();
  await keys.close();
};
const bytesOf = (folder: string) => Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));

describe('keys of layout 1', () => {
  it('are taken forward once: the same keys, as generation 1, and nothing of their former wrapping is left', async () => {
    const { folder, wrapped } = folderOfLayout1();
    expect(bytesOf(folder).includes(wrapped[3] ?? Buffer.alloc(1))).toBe(true);
    await expectAll(folder);
    for (const one of wrapped) expect(bytesOf(folder).includes(one)).toBe(false);
    const after = readFileSync(join(folder, 'keys.db'));
    await expectAll(folder);
    expect(readFileSync(join(folder, 'keys.db')).subarray(100)).toEqual(after.subarray(100));
  });

  it('are taken forward whole after a kill at any moment of it', async () => {
    const { folder } = folderOfLayout1();
    const killed: string[] = [];
    // It asks for chance with every key that it wraps.
    const keys = openIn(folder, (size) => {
      killed.push(killedNow(folder));
      return randomBytes(size);
    });
    expect(killed.length).toBeGreaterThan(20);
    await keys.close();
    for (const copy of killed) await expectAll(copy);
  });

  it('are refused when one is damaged, and stay as they are', () => {
    const { folder } = folderOfLayout1();
    const tampering = new DatabaseSync(join(folder, 'keys.db'));
    tampering.exec("UPDATE keys SET wrapped = zeroblob(60) WHERE subject = 'subject 7'");
    tampering.close();
    for (let times = 0; times < 2; times += 1)
      expect(() => openIn(folder)).toThrow(/keys\.db is damaged: the key of subject subject.7 does not open\. Put the file back/);
    const looking = new DatabaseSync(join(folder, 'keys.db'));
    expect(looking.prepare('PRAGMA user_version').get()).toEqual({ user_version: 1 });
    looking.close();
  });

  it('are refused without their master key, and with another', () => {
    const { folder } = folderOfLayout1();
    const other = newFolder();
    mkdirSync(other, { mode: 0o700 });
    expect(() => openFileKeyStore({ folder: folderOfLayout1().folder, random: randomBytes, expectedId: 'another' })).toThrow(
      'holds key set',
    );
    expect(existsSync(join(folder, 'master.key'))).toBe(true);
    const wrong = provideMasterKey(other, 1, randomBytes);
    const tampering = new DatabaseSync(join(folder, 'keys.db'));
    tampering
      .prepare('UPDATE meta SET master = ?, wrapped_check = ?')
      .run(wrong.fingerprint, wrap(wrong.key, randomBytes, set, Buffer.from('waymark keys')));
    tampering.close();
    expect(() => openIn(folder)).toThrow(
      /master\.key has fingerprint [0-9a-f]{16}, but .*keys\.db was wrapped by the master key with fingerprint/,
    );
  });

  it('of a newer version are refused, and told from what is damaged', () => {
    const { folder } = folderOfLayout1();
    const tampering = new DatabaseSync(join(folder, 'keys.db'));
    tampering.exec('PRAGMA user_version = 4');
    tampering.close();
    expect(() => openIn(folder)).toThrow(KeysUnusable);
    expect(() => openIn(folder)).toThrow('has layout 4, of a newer version of Waymark');
  });
});

/** As the builds of 30 November 2026 that knew layout 2 left it. */
const folderOfLayout2 = async (): Promise<string> => {
  const folder = newFolder();
  const keys = openIn(folder);
  await fill(keys);
  await keys.close();
  changed(folder, 'DROP TABLE counted; PRAGMA user_version = 2');
  return folder;
};
const changed = (folder: string, change: string): void => {
  const database = new DatabaseSync(join(folder, 'keys.db'));
  database.exec(change);
  database.close();
};

describe('keys of layout 2', () => {
  it('are counted once, and are the same keys', async () => {
    const folder = await folderOfLayout2();
    const keys = openIn(folder);
    const answers = await answersOf(keys);
    await keys.provide(['nobody']);
    await keys.close();
    const again = openIn(folder);
    expect((await answersOf(again)).split('\n').slice(0, 10)).toEqual(answers.split('\n').slice(0, 10));
    expect(await again.find('nobody')).toMatchObject({ generation: 1 });
    await again.close();
    changed(folder, "DELETE FROM keys WHERE subject = 'omar'");
    expect(() => openIn(folder)).toThrow('it holds 4 keys, and 5 is noted');
  });
});
