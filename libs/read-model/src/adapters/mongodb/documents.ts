import { durable, isDuplicate } from '@waymark/mongo';
import type { mongo } from 'mongoose';
import { indexable, serialise } from '../../check-query.js';
import { BadDocument, type Document } from '../../read-model-store.js';
import { fieldOf, type DocumentRow, type Journalled } from './layout.js';

/**
 * A document of ours is kept as `{ _id, body, f, e, v }`: its JSON, what its indexes hold (`f` scalars, `e` elements of arrays), and for each writer
 * how far it has written here. The body is text because JSON keeps what BSON would change: names with dots and dollars, the kinds of numbers.
 * A removed one leaves `{ _id, gone, v }`, so that a writer who comes late does not bring it back.
 */
interface Fields {
  readonly f: Readonly<Record<string, string | number | null>>;
  readonly e: Readonly<Record<string, readonly (string | number | null)[]>>;
}

/** 16 MiB is MongoDB's limit for all of a document. */
const maxBytes = 15 * 1024 * 1024;
/** FerretDB keeps an index entry, value and id, in a row of at most 8,191 bytes. */
const maxIndexedBytes = 4_000;
const bulkSize = 500;

const [nul, one] = ['\u0000', '\u0001'];

/** Text without NUL, which PostgreSQL beneath FerretDB does not take. Order, equality and beginnings stay as they were. */
export const textOf = (text: string): string =>
  text.includes(nul) || text.includes(one) ? text.replaceAll(one, '\u0001\u0002').replaceAll(nul, '\u0001\u0001') : text;

/** A value as an index holds it. */
export const indexed = (value: unknown): string | number | null => {
  const plain = indexable(value);
  if (typeof plain === 'string') return textOf(plain);
  // What JSON does not hold is null in the body, too.
  return plain === null || !Number.isFinite(plain) ? null : plain + 0;
};

/** @returns the document as JSON. @throws BadDocument for what could not be kept, so that nothing is begun that cannot be finished */
export const bodyOf = (collection: string, indexes: readonly string[], document: Document): string => {
  const body = serialise(collection, document);
  let bytes = Buffer.byteLength(body);
  for (const [field, value] of indexedValues(indexes, document)) {
    const size = typeof value === 'string' ? Buffer.byteLength(value) : 8;
    if (size > maxIndexedBytes) throw new BadDocument(`${collection}: ${field} is indexed and over ${maxIndexedBytes} bytes`);
    bytes += size;
  }
  if (bytes > maxBytes) throw new BadDocument(`${collection}: a document is over ${maxBytes} bytes`);
  return body;
};

const indexedValues = (indexes: readonly string[], document: Document): readonly (readonly [string, string | number | null])[] => {
  const { f, e } = fieldsOf(indexes, document);
  return [...Object.entries(f), ...Object.entries(e).flatMap(([field, values]) => values.map((value) => [field, value] as const))];
};

export const fieldsOf = (indexes: readonly string[], document: Document): Fields => {
  const f: Record<string, string | number | null> = {};
  const e: Record<string, (string | number | null)[]> = {};
  for (const field of indexes) {
    const value = document[field];
    f[field] = Array.isArray(value) ? null : indexed(value);
    if (Array.isArray(value)) e[field] = value.filter((element) => typeof element !== 'object' || element === null).map(indexed);
  }
  return { f, e };
};

export const documentOf = <D extends Document>(row: DocumentRow | null): D | undefined =>
  row?.body === undefined ? undefined : (JSON.parse(row.body) as D);

/**
 * Writes changes of one writer, each only where that writer has not written it yet: a repeat changes nothing, and one that comes late overwrites
 * nothing newer. Several changes of a document have to be one by now.
 * @param indexesOf the indexes of a collection, by its declared name
 */
export const apply = async (
  db: mongo.Db,
  writer: string,
  changes: readonly Journalled[],
  indexesOf: (name: string) => readonly string[],
): Promise<void> => {
  const byTarget = new Map<string, Journalled[]>();
  for (const change of changes) {
    const group = byTarget.get(change.to);
    if (group) group.push(change);
    else byTarget.set(change.to, [change]);
  }
  await Promise.all(
    [...byTarget].map(async ([to, group]) => {
      for (let from = 0; from < group.length; from += bulkSize)
        await applyTo(
          db.collection<DocumentRow>(to),
          group.slice(from, from + bulkSize).map((change) => updateOf(writer, change, indexesOf(change.in))),
        );
    }),
  );
};

interface Update {
  readonly filter: mongo.Filter<DocumentRow>;
  readonly update: mongo.UpdateFilter<DocumentRow>;
  /** The row where there is none so far. */
  readonly row: DocumentRow;
  readonly isNew: boolean;
}

const updateOf = (writer: string, { key, n, body, isNew }: Journalled, indexes: readonly string[]): Update => {
  const name = fieldOf(writer);
  const mark = `v.${name}`;
  const filter = { _id: key, $or: [{ [mark]: { $lt: n } }, { [mark]: { $exists: false } }] } as mongo.Filter<DocumentRow>;
  const about = { filter, isNew: isNew ?? false };
  const v = { [name]: n };
  if (body === undefined)
    return { ...about, update: { $set: { gone: true, [mark]: n }, $unset: { body: '', f: '', e: '' } }, row: { _id: key, gone: true, v } };
  const fields = fieldsOf(indexes, JSON.parse(body) as Document);
  return { ...about, update: { $set: { body, ...fields, [mark]: n }, $unset: { gone: '' } }, row: { _id: key, body, ...fields, v } };
};

/** From so many on it is worth a question which of them are there: an insert of many costs less than an update of each. */
const manyAtOnce = 4;

const applyTo = async (collection: mongo.Collection<DocumentRow>, updates: readonly Update[]): Promise<void> => {
  const fresh = updates.length < manyAtOnce ? updates.filter(({ isNew }) => isNew) : await notThere(collection, updates);
  // Whatever was there after all is updated, and so are the others, of which nobody says whether they were inserted: their guards know.
  let left = (await areInserted(collection, fresh)) ? updates.filter((update) => !fresh.includes(update)) : updates;
  while (left.length > 0 && (await foundOneThere(collection, left))) {
    // A document that is there did not pass the guard: it was written by this writer already, or inserted between finding none and inserting. FerretDB
    // leaves the rest of the bulk undone then. What is there is updated without an insert, which nothing can refuse; what is not is tried again.
    await bulk(collection, left, false);
    left = await notThere(collection, left);
  }
};

const notThere = async (collection: mongo.Collection<DocumentRow>, updates: readonly Update[]): Promise<readonly Update[]> => {
  const keys = updates.map(({ row }) => row._id);
  const there = await collection.find({ _id: { $in: keys } }, { projection: { _id: 1 } }).toArray();
  const ids = new Set(there.map(({ _id }) => _id));
  return updates.filter(({ row }) => !ids.has(row._id));
};

const areInserted = async (collection: mongo.Collection<DocumentRow>, fresh: readonly Update[]): Promise<boolean> => {
  if (fresh.length === 0) return true;
  try {
    await collection.bulkWrite(
      fresh.map(({ row }) => ({ insertOne: { document: row } })),
      { ordered: false, ...durable },
    );
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
};

const foundOneThere = async (collection: mongo.Collection<DocumentRow>, updates: readonly Update[]): Promise<boolean> => {
  try {
    await bulk(collection, updates, true);
    return false;
  } catch (error) {
    if (isDuplicate(error)) return true;
    throw error;
  }
};

const bulk = (collection: mongo.Collection<DocumentRow>, updates: readonly Update[], upsert: boolean) =>
  collection.bulkWrite(
    updates.map(({ filter, update }) => ({ updateOne: { filter, update, upsert } })),
    { ordered: false, ...durable },
  );
