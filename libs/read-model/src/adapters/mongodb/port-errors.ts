import { isUnavailable, kindOf } from '@waymark/mongo';
import { ReadModelUnavailable } from '../../read-model-store.js';

/** The driver's error as the port's. What the server refuses for good is told by its kind alone, because its words quote values. */
export const asPortError = (error: unknown): unknown => {
  if (isUnavailable(error)) return new ReadModelUnavailable(`MongoDB cannot be asked now (${kindOf(error)})`, { cause: error });
  return error instanceof Error && error.name.startsWith('Mongo') ? new Error(`MongoDB refused (${kindOf(error)})`) : error;
};
