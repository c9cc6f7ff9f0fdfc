import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KeysUnusable } from '../key-store.js';
import { openFileKeyStore } from './file.js';
import { openKeysDatabase } from './keys-database.js';
import { answersOf, fill, newFolder, openIn, removeFolders } from './small-folder.fixture.js';

afterAll(removeFolders);

describe('a small keys.db of which one bit was altered', () => {
  const folder = newFolder();
  const database = join(folder, 'keys.db');
  let whole: Buffer;
  let right: string;

  beforeAll(async () => {
    const keys = openIn(folder);
    await fill(keys);
    right = await answersOf(keys);
    await keys.close();
    // Pages of 512 bytes, so that few of them are empty.
    const packing = new DatabaseSync(database);
    packing.exec('PRAGMA journal_mode = DELETE; PRAGMA page_size = 512; VACUUM; PRAGMA journal_mode = WAL');
    packing.close();
    whole = readFileSync(database);
  });

  const altered = (place: number): Buffer => {
    const bytes = Buffer.from(whole);
    bytes[place] = (bytes[place] ?? 0) ^ (1 << (place % 8));
    return bytes;
  };

  /** What comes of it: refused, or answers as before, or else what was answered or thrown. */
  const outcomeOf = async (place: number): Promise<string> => {
    writeFileSync(database, altered(place), { mode: 0o600 });
    try {
      const keys = openIn(folder);
      const answers = await answersOf(keys).finally(() => keys.close());
      return answers === right ? 'the same' : `another answer for byte ${place}`;
    } catch (error) {
      const { name, message } = error as Error;
      if (error instanceof KeysUnusable && message.includes('keys.db') && /Put |Start the newer/.test(message)) return 'refused';
      return `byte ${place}: ${name}: ${message}`;
    }
  };

  it('D3 is refused with its file and what to do, or answers as before: every byte of every page', async () => {
    const outcomes = new Map<string, number>();
    for (let place = 0; place < whole.length; place += 1) {
      const outcome = await outcomeOf(place);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    expect([...outcomes.keys()].filter((outcome) => outcome !== 'refused' && outcome !== 'the same')).toEqual([]);
    expect(outcomes.get('refused')).toBeGreaterThan(whole.length / 4);
  });

  it('would tell something else to a reader who proves nothing (the test above notices)', () => {
    const rowsOf = (): string => {
      const raw = new DatabaseSync(database);
      try {
        return JSON.stringify(raw.prepare('SELECT subject, generation, length(wrapped) FROM keys').all());
      } finally {
        raw.close();
      }
    };
    writeFileSync(database, whole);
    const before = rowsOf();
    let lies = 0;
    for (let place = 0; place < whole.length; place += 5) {
      writeFileSync(database, altered(place));
      try {
        if (rowsOf() !== before) lies += 1;
      } catch {
        // SQLite itself noticed.
      }
    }
    expect(lies).toBeGreaterThan(3);
  });
});

describe('a key beyond those that are proven at the start', () => {
  it.each([
    ['wrapped otherwise', "UPDATE keys SET wrapped = zeroblob(60) WHERE subject = 'omar'", 'omar'],
    ['passed off as another subject’s', "UPDATE keys SET subject = 'nobody' WHERE subject = 'omar'", 'nobody'],
    ['said to be of another generation', "UPDATE keys SET generation = 5 WHERE subject = 'omar'", 'omar'],
    ['said to be destroyed', "UPDATE keys SET generation = 0 WHERE subject = 'omar'", 'omar'],
    ['said to be destroyed by the mark of another', "UPDATE keys SET subject = 'omar' WHERE subject = 'leila'", 'omar'],
    ['said to be alive', "UPDATE keys SET generation = 1 WHERE subject = 'leila'", 'leila'],
    ['said to be wrapped by another master key', "UPDATE keys SET master = 7 WHERE subject = 'omar'", 'omar'],
  ])('D3 is refused when it is read, with the file and what to do: %s', async (_, change, subject) => {
    const folder = newFolder();
    const filling = openIn(folder);
    await fill(filling);
    await filling.close();
    const tampering = new DatabaseSync(join(folder, 'keys.db'));
    tampering.exec(change);
    tampering.close();
    const keys = openFileKeyStore({ folder, random: randomBytes, provenAtTheStart: 0 });
    await expect(keys.find(subject)).rejects.toThrow(/keys\.db is damaged: the key of subject \w+ does not open. Put the file back/);
    await expect(keys.provide([subject])).rejects.toThrow(KeysUnusable);
    expect(await keys.find('amir')).toMatchObject({ generation: 2 });
    await keys.close();
    expect(() => openIn(folder)).toThrow(KeysUnusable);
  });
});

describe('a row of keys.db that is gone', () => {
  const filled = async (): Promise<string> => {
    const folder = newFolder();
    const keys = openIn(folder);
    await fill(keys);
    // Whatever is done with keys is counted: made together, replaced, destroyed with several generations, destroyed without one, and twice.
    await Promise.all([keys.provide(['hana', 'tariq']), keys.provide(['tariq', 'dana'])]);
    await keys.destroy('amir');
    await keys.destroy('nobody');
    await keys.destroy('nobody');
    await keys.close();
    return folder;
  };
  const change = (folder: string, sql: string): void => {
    const tampering = new DatabaseSync(join(folder, 'keys.db'));
    tampering.exec(sql);
    tampering.close();
  };

  it('is missed by nobody while none is gone', async () => {
    await openIn(await filled()).close();
  });

  it.each(['hana', 'omar', 'amir'])('D3 is refused at the start, with the file and what to do: %s', async (subject) => {
    const folder = await filled();
    change(folder, `DELETE FROM keys WHERE subject = '${subject}'`);
    expect(() => openIn(folder)).toThrow(KeysUnusable);
    expect(() => openIn(folder)).toThrow(/keys\.db is damaged: it holds 6 keys, and 7 is noted\. Put the file back from its backup/);
  });

  it('would be given another key of the same generation, were the rows not counted: the control', async () => {
    const folder = await filled();
    const before = openIn(folder);
    const was = await before.find('hana');
    await before.close();
    change(folder, "DELETE FROM keys WHERE subject = 'hana'; UPDATE counted SET keys = keys - 1");
    const keys = openIn(folder);
    const made = (await keys.provide(['hana'])).get('hana');
    expect(made).toMatchObject({ generation: 1 });
    expect(made).not.toEqual(was);
    await keys.close();
  });
});

it('D11 keys.db is committed with an fsync each time: a key that was given out and lost would be a record that nobody can read', () => {
  const folder = newFolder();
  mkdirSync(folder, { mode: 0o700 });
  const { database } = openKeysDatabase({ folder, path: join(folder, 'keys.db'), random: randomBytes, provenAtTheStart: 0 });
  const pragma = (name: string) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
  expect([pragma('synchronous'), pragma('journal_mode'), pragma('secure_delete')]).toEqual([2, 'wal', 1]);
  database.close();
});
