/** Errors of the driver by which nobody knows whether the server did what was asked: the connection, its pool, the choice of a server. */
const unreached = new Set([
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoPoolClearedError',
  'MongoPoolClosedError',
  'MongoClientClosedError',
  'MongoExpiredSessionError',
  'MongoWriteConcernError',
  'MongoOperationTimeoutError',
  'MongoWaitQueueTimeoutError',
]);

/**
 * Codes that a server answers with while it cannot serve: it starts, stops, is no primary (any more), did not hear from the majority in time, or
 * refuses this user. 1 is an internal error: FerretDB's word for "PostgreSQL cannot be reached".
 */
const unserved = new Set([1, 6, 7, 13, 18, 50, 64, 89, 91, 134, 189, 262, 9001, 10058, 10107, 11600, 11601, 11602, 13388, 13435, 13436]);

interface Answer {
  readonly name?: string;
  readonly code?: unknown;
  readonly writeErrors?: unknown;
  readonly result?: { readonly getWriteConcernError?: () => unknown };
  /** What befell a bulk: the driver wraps whatever it was, a lost connection too. */
  readonly errorResponse?: unknown;
}
const answerOf = (error: unknown): Answer => (typeof error === 'object' && error !== null ? error : {});
const codesOf = ({ code, writeErrors }: Answer): readonly unknown[] => [
  code,
  ...(Array.isArray(writeErrors) ? writeErrors : []).map((one: Answer) => one.code),
];

const duplicateKey = 11000;

/** Whether the engine cannot be asked now. What was asked may have been done. */
export const isUnavailable = (error: unknown): boolean => {
  const answer = answerOf(error);
  if (unreached.has(answer.name ?? '') || unreached.has(answerOf(answer.errorResponse).name ?? '')) return true;
  if (answer.result?.getWriteConcernError?.() !== undefined) return true;
  return codesOf(answer).some((code) => unserved.has(code as number));
};

/** Whether nothing went wrong but that documents of the same id were there already. */
export const isDuplicate = (error: unknown): boolean => {
  const answer = answerOf(error);
  if (answer.result?.getWriteConcernError?.() !== undefined) return false;
  return answer.code === duplicateKey && codesOf(answer).every((code) => code === duplicateKey);
};

/** What an error may say in a log: its kind. Messages of the driver quote values, and those may be personal. */
export const kindOf = (error: unknown): string => {
  const { name, code, errorResponse } = answerOf(error);
  if (code === undefined && errorResponse instanceof Error) return kindOf(errorResponse);
  return typeof code === 'number' ? `${name ?? 'error'} ${code}` : (name ?? typeof error);
};
