import { StoreUnavailable, StoreUnusable } from '../../event-log.js';
import { damaged } from './damage.js';

/** SQLite's primary result code, as node:sqlite's errors carry it. */
export const resultOf = (error: unknown): number => ((error as { errcode?: number } | undefined)?.errcode ?? 0) & 0xff;

const BUSY = 5;
const LOCKED = 6;
export const CONSTRAINT = 19;
export const CORRUPT = 11;
export const FULL = 13;
const IO_ERROR = 10;

/** After a failed write or sync nobody knows what the disk holds until the file is read anew. */
export const leavesDoubt = (error: unknown): boolean => resultOf(error) === IO_ERROR;

/** Statements that were right in every file before, and numbers that no writer wrote: no fault of the program. */
const isOfTheFile = (error: unknown): boolean =>
  [1, 20, 24].includes(resultOf(error)) || (error as NodeJS.ErrnoException).code === 'ERR_OUT_OF_RANGE';

/** Puts an error of the engine into the words of the port. `doing` says what was under way, such as "reading stream …". */
export const asStoreError = (path: string, doing: string, error: unknown): unknown => {
  const cause = { cause: error };
  const said = (error as Error).message;
  switch (resultOf(error)) {
    case BUSY:
    case LOCKED:
      return new StoreUnusable(`${path} is in use by another process. Stop that one first, or give this one another folder.`, cause);
    case 8:
    case 14:
      return new StoreUnavailable(`${path} cannot be written (${said}). Check the folder's owner and permissions.`, 'read-only', cause);
    case IO_ERROR:
      return new StoreUnavailable(`${path}: the disk answered with an error while ${doing} (${said})`, 'unreachable', cause);
    case CORRUPT:
    case 26:
      return damaged(path, `found while ${doing} (${said})`, error);
    case FULL:
      return new StoreUnavailable(`the disk that holds ${path} is full; nothing of this was written`, 'disk-full', cause);
    default:
      return isOfTheFile(error) ? damaged(path, `found while ${doing} (${said})`, error) : error;
  }
};

/** That the file is not what was written; undefined for what is no damage, such as a disk that does not answer. */
export const damageIn = (path: string, doing: string, error: unknown): StoreUnusable | undefined => {
  const found = asStoreError(path, doing, error);
  return found instanceof StoreUnusable && ![BUSY, LOCKED].includes(resultOf(error)) ? found : undefined;
};
