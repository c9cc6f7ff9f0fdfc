import { StoreUnavailable, StoreUnusable } from '../../event-log.js';

/** The database as messages name it; a password is never among what is known here. */
export interface Place {
  readonly database: string;
  readonly user: string;
  /** Host and port. */
  readonly at: string;
}

interface ServerError extends Error {
  readonly severity: string;
  readonly code: string;
}

/** An error that the server sent, not one of the network or the driver. */
const isFromServer = (error: unknown): error is ServerError => typeof error === 'object' && error !== null && 'severity' in error;
const codeOf = (error: unknown): string => (isFromServer(error) ? error.code : '');

/** Errors of the port, and faults of the program, which are passed on as they are. */
const asTheyAre = [StoreUnavailable, StoreUnusable, TypeError, RangeError, ReferenceError, SyntaxError];
const staysAsItIs = (error: unknown): boolean => asTheyAre.some((kind) => error instanceof kind);

/** The connection ended, or no answer came in time: the request may have been carried out. What a server refuses with an ERROR is rolled back. */
export const isLost = (error: unknown): boolean => !staysAsItIs(error) && !(isFromServer(error) && error.severity === 'ERROR');

/** Two writers met where only one goes on; the other may try again. */
export const isCollision = (error: unknown): boolean => ['23505', '40001', '40P01'].includes(codeOf(error));

/** An event of that id is in the log already. A repeated command is found first and not inserted, and so never fails here. */
export const isOfAnId = (error: unknown): boolean =>
  codeOf(error) === '23505' && (error as { constraint?: string }).constraint === 'events_by_id';

/** What is wrong with the values of one append: alone it fails again, without it the rest of its group does not. */
export const isOfOneAppend = (error: unknown): boolean => error instanceof RangeError || isOfAnId(error) || /^(22|54)/.test(codeOf(error));

/** What only a person can fix, and how. */
const toMend = (code: string, { database, user, at }: Place): string | undefined => {
  switch (code) {
    case '28P01':
    case '28000':
      return `The server at ${at} does not let "${user}" in to the database "${database}". Check the user, the password and the server's pg_hba.conf.`;
    case '3D000':
      return `There is no database "${database}" at ${at}. Check its name, or make it: CREATE DATABASE "${database}" ENCODING 'UTF8' TEMPLATE template0.`;
    case '42501':
      return (
        `"${user}" may not do in the database "${database}" at ${at} what the event store needs. At the first start it makes its schema: ` +
        `GRANT CREATE ON DATABASE "${database}" TO "${user}". Later it needs USAGE of the schema waymark_events, SELECT and INSERT on its tables, and EXECUTE on its functions.`
      );
    case '3F000':
    case '42P01':
    case '42703':
    case '42883':
      return `The database "${database}" at ${at} has lost a part of the schema waymark_events. Restore it from its backup.`;
    case 'XX001':
    case 'XX002':
      return `The database "${database}" at ${at} is damaged. Nothing was repaired; the server's log names the place. Restore it from its backup.`;
    default:
      return undefined;
  }
};

const passing = (error: Error, { database, at }: Place): StoreUnavailable | undefined => {
  const [code, cause] = [codeOf(error), { cause: error }];
  const where = `the database "${database}" at ${at}`;
  if (code === '53100') return new StoreUnavailable(`the disk of ${where} is full; nothing of this was written`, 'disk-full', cause);
  if (code === '25006')
    return new StoreUnavailable(`${where} is read-only: a replica, or set so. Give the address of the primary.`, 'read-only', cause);
  if (!isFromServer(error) || isCollision(error) || /^(08|53|55|57|58)/.test(code))
    return new StoreUnavailable(`${where} cannot be reached or does not answer (${code || wordsOf(error)})`, 'unreachable', cause);
  return undefined;
};

/** A host that has several addresses fails with one error for each, and says nothing itself. */
const wordsOf = (error: Error): string => error.message || ((error as NodeJS.ErrnoException).code ?? error.name);

/**
 * The damage that a check of ours or the server's found: the event log is not what was written. Undefined for other failures, such as a revoked right, a
 * layout that changed under a connection, or a server that is unavailable.
 */
export const damageIn = (place: Place, error: unknown): StoreUnusable | undefined => {
  if (error instanceof StoreUnusable) return error;
  return ['XX001', 'XX002'].includes(codeOf(error)) ? (asStoreError(place, error) as StoreUnusable) : undefined;
};

/** Maps an error of the engine to one of the port. `starting`: nothing has worked yet, so what only a person can fix will not pass by itself. */
export const asStoreError = (place: Place, error: unknown, starting = false): unknown => {
  if (staysAsItIs(error)) return error;
  const code = codeOf(error);
  const mend = toMend(code, place);
  // A password that is changed while services run is put right under them.
  if (mend && code.startsWith('28') && !starting) return new StoreUnavailable(mend, 'unreachable', { cause: error });
  if (mend) return new StoreUnusable(mend, { cause: error });
  return passing(error as Error, place) ?? error;
};
