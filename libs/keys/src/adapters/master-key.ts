import { createSecretKey, type KeyObject } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { KeysUnusable, type RandomBytes } from '../key-store.js';
import { fingerprintOf, masterKeyText, wholeMasterKey } from './master-key-text.js';

/** The key that wraps all others, and a fingerprint by which people can tell it from another. */
export interface MasterKey {
  readonly key: KeyObject;
  readonly fingerprint: string;
  readonly path: string;
}

/** A folder that only its owner can enter: made when it is not there, refused when it is wider. */
export const privateFolder = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  assertPrivate(folder, '700');
};

/** Where a generation of the master key stands: `master.key`, then `master-2.key` and so on. */
export const masterKeyPath = (folder: string, generation: number): string =>
  join(folder, generation === 1 ? 'master.key' : `master-${generation}.key`);

const isMasterKey = (path: string): boolean => /^master(-\d+)?\.key$/.test(basename(path));

/** The paths of all master keys in a folder, whether anything needs them or not. */
export const masterKeyPaths = (folder: string): readonly string[] =>
  readdirSync(folder)
    .map((name) => join(folder, name))
    .filter(isMasterKey)
    .sort();

/** @throws KeysUnusable when others can read it, or it is damaged */
export const readMasterKey = (path: string): MasterKey => {
  assertPrivate(path, '600');
  const bytes = wholeMasterKey(readFileSync(path, 'utf8'));
  if (!bytes) throw new KeysUnusable(`${path} is damaged: it is not a whole master key. Put the file back from its backup.`);
  return { key: createSecretKey(bytes), fingerprint: fingerprintOf(bytes), path };
};

/**
 * Makes a generation of the master key, or takes the one that a process left behind that died before it was put in use.
 * @throws KeysUnusable
 */
export const provideMasterKey = (folder: string, generation: number, random: RandomBytes): MasterKey => {
  const path = masterKeyPath(folder, generation);
  if (!existsSync(path)) create(path, folder, random);
  return readMasterKey(path);
};

/** Written beside and linked into place, so that a crash leaves either no master key or a whole one, and no other is ever overwritten. */
const create = (path: string, folder: string, random: RandomBytes): void => {
  const bytes = random(32);
  const draft = `${path}.new`;
  rmSync(draft, { force: true });
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeSync(file, masterKeyText(bytes));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  linkSync(draft, path);
  rmSync(draft);
  syncFolder(folder);
};

const syncFolder = (folder: string): void => {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

const assertPrivate = (path: string, mode: '600' | '700'): void => {
  // Windows has no such bits; there the folder's access list is the operator's.
  if (process.platform === 'win32' || (statSync(path).mode & 0o077) === 0) return;
  throw new KeysUnusable(`${path} can be read by others than its owner. Run: chmod ${mode} ${path}`);
};
