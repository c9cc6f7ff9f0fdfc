import { AccessDeniedError, isCommandError, MaxAppendSizeExceededError, StreamDeletedError } from '@kurrent/kurrentdb-client';
import { StoreUnavailable, StoreUnusable } from '../../event-log.js';

/** The engine did not answer in time. Whether it did what was requested is not known. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** Puts an error of the client into the words of the port. `doing` says what was under way, such as "reading stream …". */
export const asStoreError = (place: string, doing: string, error: unknown): unknown => {
  const cause = { cause: error };
  if (error instanceof AccessDeniedError || denials.includes(codeOf(error)))
    return new StoreUnusable(
      `${place} refused access while ${doing}. Give its URL a user and password who may read $all and write our streams, such as one of $admins.`,
      cause,
    );
  if (error instanceof MaxAppendSizeExceededError)
    return new StoreUnusable(
      `${place} takes no more than ${error.maxAppendSize} bytes at once, which is too little for ${doing}. Raise its setting MaxAppendSize to 16 MiB.`,
      cause,
    );
  if (error instanceof StreamDeletedError)
    return new StoreUnusable(
      `${place}: a stream of the event log was deleted, found while ${doing}. Restore the database from its backup.`,
      cause,
    );
  return isOfTheConnection(error)
    ? new StoreUnavailable(`${place} cannot be reached (${said(error)}) while ${doing}`, 'unreachable', cause)
    : error;
};

/** The codes of gRPC for "who are you" and "not you". */
const denials: unknown[] = [16, 7];
const codeOf = (error: unknown): unknown => (error as { code?: unknown } | undefined)?.code;

/**
 * Reads fail with an error of the client's, appends with a raw one of gRPC (its code is a number). Whatever the client cannot distinguish is taken as
 * unavailable too: the caller learns that nothing was acknowledged, and tries again.
 */
const isOfTheConnection = (error: unknown): boolean =>
  error instanceof NoAnswer || isCommandError(error as Error) || typeof codeOf(error) === 'number' || isOfDiscovery(error);

/**
 * The client does not come back from these by itself: it waits on a connection that went dead, or keeps the failure to find a node of a cluster for
 * the answer to what the server can do, which it requests before its first append.
 */
export const isDeadEnd = (error: unknown): boolean => error instanceof NoAnswer || isOfDiscovery(error);

const isOfDiscovery = (error: unknown): boolean => error instanceof Error && error.message.startsWith('Failed to discover');

const said = (error: unknown): string => {
  const { type, message } = error as { type?: string; message: string };
  return type && type !== 'unknown' ? type : message;
};
