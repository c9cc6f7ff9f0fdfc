import { closeSync, existsSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { KeysUnavailable, KeysUnusable, type RandomBytes } from '../key-store.js';
import type { MasterKey } from './master-key.js';
import { unwrap, wrap } from './wrapping.js';

const applicationId = 0x574d6b79; // 'WMky'
const layout = 1;
const checkText = 'waymark keys';

const schema = `
  CREATE TABLE meta (id TEXT NOT NULL, master TEXT NOT NULL, wrapped_check BLOB NOT NULL) STRICT;
  CREATE TABLE keys (subject TEXT PRIMARY KEY, wrapped BLOB) STRICT, WITHOUT ROWID;
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${layout};`;

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
  readonly id: string;
}

/**
 * Opens the file of wrapped keys, making it at the first start, and proves that this master key wrapped them.
 * @throws KeysUnusable | KeysUnavailable
 */
export const openKeysDatabase = (path: string, master: MasterKey, random: RandomBytes, newId: () => string): OpenedKeys => {
  // Made here, not by SQLite, so that it never has wider permissions.
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    configure(database, path);
    if (isEmpty(database)) initialise(database, master, random, newId());
    return { database, id: verify(database, path, master) };
  } catch (error) {
    database.close();
    throw asKeysError(path, error);
  }
};

const pragma = (database: DatabaseSync, name: string): unknown => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];

const configure = (database: DatabaseSync, path: string): void => {
  database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
  // A key that was acknowledged and lost would make what it sealed unreadable for ever.
  if (pragma(database, 'journal_mode') !== 'wal' || pragma(database, 'synchronous') !== 2 || pragma(database, 'secure_delete') !== 1)
    throw new KeysUnusable(`${path}: this build of SQLite does not keep WAL, synchronous=FULL and secure_delete`);
};

const isEmpty = (database: DatabaseSync): boolean => pragma(database, 'application_id') === 0 && pragma(database, 'schema_version') === 0;

const initialise = (database: DatabaseSync, master: MasterKey, random: RandomBytes, id: string): void => {
  database.exec(`BEGIN EXCLUSIVE; ${schema}`);
  const check = wrap(master.key, random, id, Buffer.from(checkText));
  database.prepare('INSERT INTO meta VALUES (?, ?, ?)').run(id, master.fingerprint, check);
  database.exec('COMMIT');
};

const verify = (database: DatabaseSync, path: string, master: MasterKey): string => {
  if (pragma(database, 'application_id') !== applicationId) throw new KeysUnusable(`${path} is not a file of Waymark's keys`);
  if (pragma(database, 'user_version') !== layout)
    throw new KeysUnusable(
      `${path} has layout ${String(pragma(database, 'user_version'))}; this version of Waymark reads layout ${layout}`,
    );
  const damage = pragma(database, 'quick_check(1)');
  if (damage !== 'ok') throw new KeysUnusable(`${path} is damaged (${String(damage)}). Put the file back from its backup.`);
  const meta = database.prepare('SELECT id, master, wrapped_check FROM meta').get() as
    { id: string; master: string; wrapped_check: Uint8Array } | undefined;
  if (!meta)
    throw new KeysUnusable(`${path} is damaged: it does not say which master key it belongs to. Put the file back from its backup.`);
  if (meta.master !== master.fingerprint)
    throw new KeysUnusable(
      `${master.path} has fingerprint ${master.fingerprint}, but ${path} was wrapped by the master key with fingerprint ${meta.master}. ` +
        'Put that master key back, or the keys file that belongs to this one.',
    );
  if (unwrap(master.key, meta.id, meta.wrapped_check)?.toString() !== checkText)
    throw new KeysUnusable(`${path} is damaged: its check value does not open with its own master key. Put the file back from its backup.`);
  return meta.id;
};
