import { randomBytes } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { ReadModelUnavailable, ReadModelUnusable } from '../read-model-store.js';

const applicationId = 0x57726d31; // "Wrm1"
const schemaVersion = 1;

const schema = `
  CREATE TABLE collection (name TEXT PRIMARY KEY, serving INTEGER NOT NULL, indexes TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE generation (no INTEGER PRIMARY KEY AUTOINCREMENT, collection TEXT NOT NULL);
  CREATE TABLE checkpoint (subscriber TEXT PRIMARY KEY, position TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE secret (name TEXT PRIMARY KEY, bytes BLOB NOT NULL) WITHOUT ROWID;
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${schemaVersion};`;

const codes = { busy: 5, readOnly: 8, io: 10, corrupt: 11, full: 13, cannotOpen: 14, notADatabase: 26 };

const codeOf = (error: unknown): number | undefined => {
  const code = (error as { errcode?: unknown } | undefined)?.errcode;
  return typeof code === 'number' ? code & 0xff : undefined;
};

/** SQLite's error as the port's: what a caller can wait out is unavailable, a damaged file is unusable, the rest is a fault of ours. */
export const asPortError = (file: string, error: unknown): unknown => {
  const code = codeOf(error);
  if (code === codes.corrupt || code === codes.notADatabase)
    return new ReadModelUnusable(
      `${file} is damaged or no read-model file. Restore it from a backup, or move it away: projections are made again from the log`,
      { cause: error },
    );
  if (code === codes.full) return new ReadModelUnavailable(`${file}: the disk is full`, { cause: error });
  if (code === codes.readOnly || code === codes.io || code === codes.cannotOpen || code === codes.busy)
    return new ReadModelUnavailable(`${file} cannot be written now`, { cause: error });
  return error;
};

/** Creates the file readable by its owner alone (SQLite gives its companions the same mode): read models hold personal data in clear. */
const createPrivately = (file: string): void => closeSync(openSync(file, 'a', 0o600));

/**
 * Opens or makes the file: WAL, synchronous=NORMAL, one process.
 *
 * NORMAL does not wait for the disk at each commit. After a power cut the file holds a prefix of its transactions: a projection's documents and its
 * checkpoint are in one transaction, so both fall back together and the tail is made again from the log. A writer that cannot do that says `durable`.
 * @throws ReadModelUnusable
 */
export const openFile = (file: string): DatabaseSync => {
  let db: DatabaseSync | undefined;
  try {
    createPrivately(file);
    db = new DatabaseSync(file);
    db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    assertPragma(db, file, 'journal_mode', 'wal');
    assertPragma(db, file, 'synchronous', 1);
    // A page that changes often is copied into the file, and waited for there, a quarter as often as by default (16 MB of log at most).
    db.exec('PRAGMA secure_delete = ON; PRAGMA cache_size = -8000; PRAGMA wal_autocheckpoint = 4000');
    // Takes the lock now, so that a second process is refused at its start and not at its first write.
    db.exec('BEGIN EXCLUSIVE');
    claim(db, file);
    db.exec('COMMIT');
    return db;
  } catch (error) {
    db?.close();
    throw unusable(file, error);
  }
};

const assertPragma = (db: DatabaseSync, file: string, name: string, expected: string | number): void => {
  const actual = Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
  if (actual !== expected)
    throw new ReadModelUnusable(`${file}: SQLite did not accept ${name}=${expected}; is the folder on a network drive?`);
};

const claim = (db: DatabaseSync, file: string): void => {
  const found = Object.values(db.prepare('PRAGMA application_id').get() ?? {})[0];
  const version = Object.values(db.prepare('PRAGMA user_version').get() ?? {})[0];
  const empty = db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
  if (empty) {
    db.exec(schema);
    db.prepare('INSERT INTO secret (name, bytes) VALUES (?, ?)').run('cursor', randomBytes(32));
  } else if (found !== applicationId) throw new ReadModelUnusable(`${file} is not a read-model file; point the store at another path`);
  else if (version !== schemaVersion)
    throw new ReadModelUnusable(
      `${file} is of layout ${String(version)}, this build reads ${schemaVersion}. Run the build that wrote it, or move it away`,
    );
};

const unusable = (file: string, error: unknown): unknown => {
  if (codeOf(error) === codes.busy)
    return new ReadModelUnusable(`${file} is in use by another process. Stop that one, or give this one another data folder`, {
      cause: error,
    });
  if (
    codeOf(error) === codes.cannotOpen ||
    (error as { code?: unknown }).code === 'EACCES' ||
    (error as { code?: unknown }).code === 'ENOENT'
  )
    return new ReadModelUnusable(`${file} cannot be opened. Check that its folder is there and may be written`, { cause: error });
  return asPortError(file, error);
};
