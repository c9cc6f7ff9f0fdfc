import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { keyStoreSuite } from '../conformance/key-store.suite.js';
import { KeysUnusable, type DataKey } from '../key-store.js';
import { openFileKeyStore } from './file.js';

const root = mkdtempSync(join(tmpdir(), 'waymark-keys-'));
let folders = 0;
const newFolder = () => join(root, `keys-${(folders += 1)}`);
const open = (folder: string, expectedId?: string) => openFileKeyStore({ folder, random: randomBytes, expectedId });
afterAll(() => rmSync(root, { recursive: true }));

keyStoreSuite(
  'a folder of files',
  () => {
    const folder = newFolder();
    return { open: async () => open(folder), reopen: async () => open(folder) };
  },
  { durable: true },
);

const subject = 'amir';
const usedFolder = async () => {
  const folder = newFolder();
  const keys = open(folder);
  await keys.provide([subject]);
  await keys.close();
  return { folder, id: keys.id, master: join(folder, 'master.key'), database: join(folder, 'keys.db') };
};
const refusal = (work: () => unknown): KeysUnusable => {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(KeysUnusable);
    return error as KeysUnusable;
  }
  throw new Error('it was not refused');
};
const bytesOf = (folder: string) => Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));

describe('the files of keys', () => {
  it('are made at the first start so that only their owner reads them', async () => {
    const { folder, master, database } = await usedFolder();
    expect([folder, master, database].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o600, 0o600]);
    expect(existsSync(`${master}.new`)).toBe(false);
  });

  it('hold a key by the time that it is given out', async () => {
    const folder = newFolder();
    const keys = open(folder);
    const key = (await keys.provide([subject])).get(subject) as DataKey;
    const crashed = newFolder();
    cpSync(folder, crashed, { recursive: true });
    chmodSync(crashed, 0o700);
    const restored = open(crashed, keys.id);
    expect(await restored.find(subject)).toEqual(key);
    await Promise.all([keys.close(), restored.close()]);
  });

  it('hold no data key in clear', async () => {
    const folder = newFolder();
    const keys = open(folder);
    const key = (await keys.provide([subject])).get(subject) as DataKey;
    const bytes = bytesOf(folder);
    expect(bytes.includes(Buffer.from(key.bytes))).toBe(false);
    expect(bytes.includes(Buffer.from(subject))).toBe(true);
    await keys.close();
  });

  it.each([
    ['master.key', 0o640, 'chmod 600'],
    ['', 0o750, 'chmod 700'],
  ])('are refused when others can read them: %s', async (name, mode, advice) => {
    const { folder } = await usedFolder();
    chmodSync(join(folder, name), mode);
    expect(refusal(() => open(folder)).message).toContain(advice);
  });

  it('are refused when the master key is missing, and no other is made', async () => {
    const { folder, master } = await usedFolder();
    rmSync(master);
    expect(refusal(() => open(folder)).message).toContain('master.key is missing');
    expect(existsSync(master)).toBe(false);
  });

  it('are refused when the master key is cut short', async () => {
    const { folder, master } = await usedFolder();
    truncateSync(master, 40);
    expect(refusal(() => open(folder)).message).toContain('master.key is damaged');
  });

  it('are refused with the master key of another set, naming both fingerprints', async () => {
    const [ours, other] = [await usedFolder(), await usedFolder()];
    copyFileSync(other.master, ours.master);
    const { message } = refusal(() => open(ours.folder));
    expect(message).toMatch(
      /master\.key has fingerprint [0-9a-f]{16}, but .*keys\.db was wrapped by the master key with fingerprint [0-9a-f]{16}/,
    );
    expect(new Set(message.match(/fingerprint [0-9a-f]{16}/g)).size).toBe(2);
  });

  it('are refused when keys.db is damaged, which is told from a wrong master key', async () => {
    const { folder, database } = await usedFolder();
    writeFileSync(database, Buffer.alloc(8192, 7));
    expect(refusal(() => open(folder)).message).toContain('keys.db is damaged');
  });

  it('are refused when keys.db is missing although the event store was sealed with it', async () => {
    const { folder, id, database } = await usedFolder();
    await open(folder, id).close();
    rmSync(database);
    expect(refusal(() => open(folder, id)).message).toContain('keys.db is missing');
    expect(existsSync(database)).toBe(false);
  });

  it('are refused when they are not the ones that the event store was sealed with', async () => {
    const { folder, id } = await usedFolder();
    const { message } = refusal(() => open(folder, 'another'));
    expect(message).toContain(id);
    expect(message).toContain('another');
  });

  it('are refused to a second opener while the first has them', async () => {
    const { folder } = await usedFolder();
    const first = open(folder);
    expect(refusal(() => open(folder)).message).toContain('in use by another process');
    await first.close();
    await open(folder).close();
  });

  it('D3 are refused at the start when one wrapped key is damaged', async () => {
    const { folder, database } = await usedFolder();
    const { DatabaseSync } = await import('node:sqlite');
    const tampering = new DatabaseSync(database);
    tampering.prepare('UPDATE keys SET wrapped = zeroblob(60)').run();
    tampering.close();
    expect(refusal(() => open(folder)).message).toContain('the key of subject amir does not open');
  });

  it('hold nothing of a key once it was destroyed', async () => {
    const { folder, database } = await usedFolder();
    const { DatabaseSync } = await import('node:sqlite');
    const looking = new DatabaseSync(database);
    const { wrapped } = looking.prepare('SELECT wrapped FROM keys').get() as { wrapped: Uint8Array };
    looking.close();
    const keys = open(folder);
    await keys.provide(['leila']);
    expect(bytesOf(folder).includes(Buffer.from(wrapped))).toBe(true);
    await keys.destroy(subject);
    expect(bytesOf(folder).includes(Buffer.from(wrapped))).toBe(false);
    await keys.close();
    expect(bytesOf(folder).includes(Buffer.from(wrapped))).toBe(false);
  });
});
