import type { mongo } from 'mongoose';
import type { Server } from './server.js';

/** So many are asked for one by one, at once, where a set of ids is not looked up by an index. */
const few = 8;

type Row = { readonly _id: string };

/**
 * The rows of some ids, in no order; those that are not there are left out. MongoDB looks a set of ids up in its index. FerretDB 1 reads and decodes the
 * whole collection for one, and only equality is left to the database beneath it: there a few ids are asked for one by one.
 */
export const findByIds = async <R extends Row>(
  { product }: Pick<Server, 'product'>,
  collection: mongo.Collection<R>,
  ids: readonly string[],
  projection: mongo.Document = {},
): Promise<readonly R[]> => {
  const rowsOf = (_id: unknown) => collection.find({ _id } as mongo.Filter<R>, { projection }).toArray() as Promise<R[]>;
  if (ids.length > (product === 'FerretDB' ? few : 1)) return rowsOf({ $in: [...ids] });
  return (await Promise.all(ids.map(rowsOf))).flat();
};
