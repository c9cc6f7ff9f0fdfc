import { accessSync, closeSync, constants, existsSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { atOnce, moveForward } from '@waymark/kernel';
import { StoreUnavailable, StoreUnusable } from '../../event-log.js';
import { checkAtStart } from './check.js';
import type { Counts } from './counts.js';
import { asStoreError, CORRUPT, resultOf } from './errors.js';
import { assertSchema } from './integrity.js';
import { fromLayout1 } from './layout-1.js';
import { applicationId, layout, schema } from './schema.js';

const megabyte = 1024 * 1024;

export interface Opened {
  readonly database: DatabaseSync;
  /** What was counted, where the whole file was checked. */
  readonly counts: Counts | undefined;
}

/**
 * Opens the file of events for this process alone, making it at the first start and taking one of an earlier layout forward; yields what it is at.
 * @param wholeUpToPages up to which size all of it is checked first
 * @throws StoreUnusable | StoreUnavailable
 */
export function* opening(path: string, wholeUpToPages?: number): Generator<string, Opened> {
  const database = openFile(path);
  let done = false;
  try {
    // First of all: a second process is refused, and the index of the write-ahead log lives in memory instead of a shared file.
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    const fresh = pragma(database, 'schema_version') === 0;
    if (!fresh) assertOurs(database, path);
    configure(database, path);
    if (fresh) initialise(database);
    else yield* moveForward(database, { path, layout, steps: [fromLayout1(path)], refusal: (message) => new StoreUnusable(message) });
    assertSchema(database, path);
    const counts = yield* checkAtStart(database, path, wholeUpToPages);
    done = true;
    return { database, counts };
  } catch (error) {
    database.close();
    // Only then: opening and closing a file that another connection of this process holds would take its locks away.
    throw asStoreError(path, resultOf(error) === CORRUPT ? `opening it${missingEnd(path)}` : 'opening it', error);
  } finally {
    if (!done && database.isOpen) database.close();
  }
}

/** All of {@link opening} at once. @throws StoreUnusable | StoreUnavailable */
export const openEvents = (path: string): Opened => atOnce(opening(path), () => undefined);

/** Says where a file ends that is longer by its own header: the place of a damage that SQLite itself does not name. */
const missingEnd = (path: string): string => {
  const header = Buffer.alloc(32);
  const file = openSync(path, 'r');
  const read = readSync(file, header, 0, header.length, 0);
  closeSync(file);
  const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  const told = header.readUInt32BE(28) * pageSize;
  const { size } = statSync(path);
  return read === header.length && size < told ? `, cut off at byte ${size} of ${told}` : '';
};

const openFile = (path: string): DatabaseSync => {
  assertWritable(path);
  // SQLite would take an empty file for a new one, and an emptied record must not pass for a first start.
  if (existsSync(path) && statSync(path).size === 0)
    throw new StoreUnusable(`${path} is empty. Restore it from its backup, or remove it to start afresh.`);
  try {
    return new DatabaseSync(path, { timeout: 0, enableForeignKeyConstraints: false });
  } catch (error) {
    throw asStoreError(path, 'opening it', error);
  }
};

/** Checked first, because SQLite reports a file that it may not write as a mere I/O error. */
const assertWritable = (path: string): void => {
  try {
    accessSync(dirname(path), constants.R_OK | constants.W_OK | constants.X_OK);
    if (existsSync(path)) accessSync(path, constants.R_OK | constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const message = `${path} cannot be written (${code ?? 'unknown'}). Check that its folder is there, and the owner and permissions of both.`;
    throw new StoreUnavailable(message, 'read-only', { cause: error });
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
};
