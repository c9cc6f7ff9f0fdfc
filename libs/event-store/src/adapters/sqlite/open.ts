import { existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { StoreUnavailable, StoreUnusable } from '../../event-log.js';
import { asStoreError } from './errors.js';
import { applicationId, layout, schema } from './schema.js';
import { assertWhole } from './check.js';

const megabyte = 1024 * 1024;

/**
 * Opens the file of events for this process alone, making it at the first start.
 * @throws StoreUnusable | StoreUnavailable
 */
export const openEvents = (path: string): DatabaseSync => {
  const database = openFile(path);
  try {
    // First of all: a second process is refused, and the index of the write-ahead log lives in memory instead of a shared file.
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    const fresh = pragma(database, 'schema_version') === 0;
    if (!fresh) assertOurs(database, path);
    configure(database, path);
    if (fresh) initialise(database);
    assertWhole(database, path);
    return database;
  } catch (error) {
    database.close();
    throw asStoreError(path, 'opening it', error);
  }
};

const openFile = (path: string): DatabaseSync => {
  try {
    // SQLite would take an empty file for a new one, and an emptied record must not pass for a first start.
    if (existsSync(path) && statSync(path).size === 0)
      throw new StoreUnusable(`${path} is empty. Restore it from its backup, or remove it to start afresh.`);
    return new DatabaseSync(path, { timeout: 0, enableForeignKeyConstraints: false });
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw new StoreUnavailable(`${path} cannot be opened. Check the folder's owner and permissions.`, 'read-only', { cause: error });
    throw asStoreError(path, 'opening it', error);
  }
};

export const pragma = (database: DatabaseSync, name: string): unknown => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];

const configure = (database: DatabaseSync, path: string): void => {
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    PRAGMA journal_size_limit = ${64 * megabyte}; PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY`);
  // Another build's defaults can fall back to NORMAL without a word, and NORMAL loses acknowledged events on power loss.
  if (pragma(database, 'journal_mode') !== 'wal' || pragma(database, 'synchronous') !== 2)
    throw new StoreUnusable(`${path}: this build of SQLite does not keep WAL and synchronous=FULL, so an acknowledged event could be lost`);
};

const initialise = (database: DatabaseSync): void => database.exec(`BEGIN EXCLUSIVE; ${schema}; COMMIT`);

const assertOurs = (database: DatabaseSync, path: string): void => {
  if (pragma(database, 'application_id') !== applicationId) throw new StoreUnusable(`${path} is not a file of Waymark's events`);
  const found = pragma(database, 'user_version');
  if (found !== layout) throw new StoreUnusable(`${path} has layout ${String(found)}; this version of Waymark reads layout ${layout}`);
};
