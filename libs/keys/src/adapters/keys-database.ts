import { closeSync, existsSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { KeysUnavailable, KeysUnusable, type RandomBytes } from '../key-store.js';
import { findMasters, rememberMaster } from './file-masters.js';
import { masterKeyPath, provideMasterKey, readMasterKey, type MasterKey } from './master-key.js';
import { takeForward } from './keys-layout-1.js';
import { applicationId, countRows, damagedKey, keyColumns, layout, tables } from './keys-schema.js';
import { openKey, type WrappedKey } from './wrapping.js';

/** What node:sqlite's errors carry: SQLite's extended result code. */
const resultOf = (error: unknown): number => ((error as { errcode?: number }).errcode ?? 0) & 0xff;

/** Puts an error of the engine into the words of the port. */
export const asKeysError = (path: string, error: unknown): unknown => {
  const cause = { cause: error };
  switch (resultOf(error)) {
    case 5:
    case 6:
      return new KeysUnusable(`${path} is in use by another process. Stop that one first.`, cause);
    case 8:
    case 14:
      return new KeysUnavailable(`${path} cannot be written. Check the folder's owner and permissions.`, 'read-only', cause);
    case 10:
      return new KeysUnavailable(`${path} cannot be read or written: the disk answered with an error.`, 'unreachable', cause);
    // What is asked is always the same, so that SQL which does not fit means that the description of the tables is damaged.
    case 1:
    case 11:
    case 26:
      return new KeysUnusable(`${path} is damaged (${(error as Error).message}). Put the file back from its backup.`, cause);
    case 13:
      return new KeysUnavailable(`the disk that holds ${path} is full; no key was made`, 'disk-full', cause);
    default:
      return error;
  }
};

export interface OpenedKeys {
  readonly database: DatabaseSync;
  /** Of the set of keys. */
  readonly id: string;
  /** The generations of the master key that wrap something. */
  readonly masters: Map<number, MasterKey>;
}

interface Opening {
  readonly folder: string;
  readonly path: string;
  readonly random: RandomBytes;
  readonly provenAtTheStart: number;
}

/**
 * Opens the file of wrapped keys, making it and its master key at the first start, takes an earlier layout forward, and proves every row.
 * @throws KeysUnusable | KeysUnavailable
 */
export const openKeysDatabase = (opening: Opening): OpenedKeys => {
  const { folder, path, random } = opening;
  // Made before the file, so that a master key that is missing beside one is lost and not new.
  const first = existsSync(path) ? undefined : provideMasterKey(folder, 1, random);
  // Made here, not by SQLite, so that it never has wider permissions.
  if (first) closeSync(openSync(path, 'a', 0o600));
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    configure(database, path);
    if (isEmpty(database)) initialise(database, first ?? existing(folder), random);
    return verify(database, opening);
  } catch (error) {
    database.close();
    throw asKeysError(path, error);
  }
};

/** A first start that was cut off left the file empty, and its master key beside it. */
const existing = (folder: string): MasterKey => {
  const path = masterKeyPath(folder, 1);
  if (!existsSync(path))
    throw new KeysUnusable(
      `${path} is missing, but the keys beside it were wrapped by it. Put the file back from its backup; a new one could not read what was sealed.`,
    );
  return readMasterKey(path);
};

const pragma = (database: DatabaseSync, name: string): unknown => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];

const configure = (database: DatabaseSync, path: string): void => {
  database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
  // A key that was acknowledged and lost would make what it sealed unreadable for ever.
  if (pragma(database, 'journal_mode') !== 'wal' || pragma(database, 'synchronous') !== 2 || pragma(database, 'secure_delete') !== 1)
    throw new KeysUnusable(`${path}: this build of SQLite does not keep WAL, synchronous=FULL and secure_delete`);
};

const isEmpty = (database: DatabaseSync): boolean => pragma(database, 'application_id') === 0 && pragma(database, 'schema_version') === 0;

const initialise = (database: DatabaseSync, master: MasterKey, random: RandomBytes): void => {
  const id = Buffer.from(random(16)).toString('hex');
  database.exec(`BEGIN EXCLUSIVE; ${tables}`);
  database.prepare('INSERT INTO meta VALUES (?)').run(id);
  rememberMaster({ database, set: id, random }, 1, master);
  database.exec('COMMIT');
};

const verify = (database: DatabaseSync, { folder, path, random, provenAtTheStart }: Opening): OpenedKeys => {
  if (pragma(database, 'application_id') !== applicationId)
    throw new KeysUnusable(`${path} is not a file of Waymark's keys, or is damaged. Put the file back from its backup.`);
  assertWhole(database, path);
  const found = pragma(database, 'user_version');
  if (found === 1) takeForward({ database, path, master: existing(folder), random });
  else if (found === 2) database.exec(countRows);
  else if (found !== layout) throw new KeysUnusable(unknownLayout(path, Number(found)));
  const meta = database.prepare('SELECT id AS id FROM meta').all() as { id: string }[];
  const [{ id } = { id: '' }] = meta;
  if (meta.length !== 1)
    throw new KeysUnusable(`${path} is damaged: it does not say which set of keys it holds. Put the file back from its backup.`);
  const masters = findMasters({ database, path, folder, set: id });
  assertAllThere(database, path);
  proveRows(database, path, { masters, atMost: provenAtTheStart });
  return { database, id, masters };
};

const unknownLayout = (path: string, found: number): string =>
  found > layout
    ? `${path} has layout ${found}, of a newer version of Waymark; this one reads layout ${layout} and earlier. Start the newer version.`
    : `${path} has layout ${found}; this version of Waymark reads layouts 1 to ${layout}`;

const assertWhole = (database: DatabaseSync, path: string): void => {
  const damage = pragma(database, 'integrity_check(1)');
  if (damage !== 'ok') throw new KeysUnusable(`${path} is damaged (${String(damage)}). Put the file back from its backup.`);
};

/** A row that is gone looks like a subject who never had a key, and would be given another. */
const assertAllThere = (database: DatabaseSync, path: string): void => {
  const noted = database.prepare('SELECT keys AS keys FROM counted').all() as { keys: number }[];
  const { n } = database.prepare('SELECT count(*) AS n FROM keys').get() as { n: number };
  if (noted.length !== 1 || noted[0]?.keys !== n)
    throw new KeysUnusable(
      `${path} is damaged: it holds ${n} keys, and ${noted[0]?.keys ?? 'no number'} is noted. Put the file back from its backup.`,
    );
};

const proveRows = (
  database: DatabaseSync,
  path: string,
  { masters, atMost }: { readonly masters: ReadonlyMap<number, MasterKey>; readonly atMost: number },
): void => {
  const keys = new Map([...masters].map(([generation, { key }]) => [generation, key]));
  const rows = database.prepare(`SELECT ${keyColumns} FROM keys LIMIT ?`).iterate(atMost) as Iterable<unknown>;
  for (const row of rows) if (openKey(keys, row as WrappedKey) === undefined) throw damagedKey(path, row as WrappedKey);
};
