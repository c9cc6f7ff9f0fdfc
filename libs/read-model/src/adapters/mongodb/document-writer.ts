import { Batcher, PerKey, sharedAnswer, sideBySide } from '@waymark/async';
import { durable, isDuplicate } from '@waymark/mongo';
import type { mongo } from 'mongoose';
import type { Document } from '../../read-model-store.js';
import { fieldsOf } from './documents.js';
import { fieldOf, type DocumentRow, type Journalled } from './layout.js';

export interface DocumentWriterOptions {
  readonly database: () => mongo.Db;
  /** The indexes of a collection, by its declared name. */
  readonly indexesOf: (name: string) => readonly string[];
}

const bulkSize = 500;

/** Puts changes into the documents. */
export class DocumentWriter {
  /** By collection: one request for all who insert in one turn. */
  private readonly inserting = new PerKey((to) => {
    const insert = (rows: readonly DocumentRow[]) => areInserted(this.options.database().collection(to), rows);
    return new Batcher(sharedAnswer(insert), sideBySide(bulkSize));
  });

  constructor(private readonly options: DocumentWriterOptions) {}

  /**
   * Writes changes of one writer, each only where that writer has not written it yet: a repeat changes nothing, and one that comes late overwrites
   * nothing newer. Several changes of a document have to be one by now.
   */
  async apply(writer: string, changes: readonly Journalled[]): Promise<void> {
    const byTarget = new Map<string, Journalled[]>();
    for (const change of changes) {
      const group = byTarget.get(change.to);
      if (group) group.push(change);
      else byTarget.set(change.to, [change]);
    }
    await Promise.all(
      [...byTarget].map(async ([to, group]) => {
        for (let from = 0; from < group.length; from += bulkSize)
          await this.applyTo(
            to,
            group.slice(from, from + bulkSize).map((change) => updateOf(writer, change, this.options.indexesOf(change.in))),
          );
      }),
    );
  }

  private async applyTo(to: string, updates: readonly Update[]): Promise<void> {
    const collection = this.options.database().collection<DocumentRow>(to);
    const fresh = updates.length < manyAtOnce ? updates.filter(({ isNew }) => isNew) : await notThere(collection, updates);
    const inserted = fresh.length > 0 && (await this.inserting.of(to).add(fresh.map(({ row }) => row)));
    // Whatever was there after all is updated, and so are the others, of which nobody says whether they were inserted: their guards know.
    let left = inserted ? updates.filter((update) => !fresh.includes(update)) : updates;
    while (left.length > 0 && (await foundOneThere(collection, left))) {
      // A document that is there did not pass the guard: it was written by this writer already, or inserted between finding none and inserting. FerretDB
      // leaves the rest of the bulk undone then. What is there is updated without an insert, which nothing can refuse; what is not is tried again.
      await bulk(collection, left, false);
      left = await notThere(collection, left);
    }
  }
}

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

const notThere = async (collection: mongo.Collection<DocumentRow>, updates: readonly Update[]): Promise<readonly Update[]> => {
  const keys = updates.map(({ row }) => row._id);
  const there = await collection.find({ _id: { $in: keys } }, { projection: { _id: 1 } }).toArray();
  const ids = new Set(there.map(({ _id }) => _id));
  return updates.filter(({ row }) => !ids.has(row._id));
};

const areInserted = async (collection: mongo.Collection<DocumentRow>, rows: readonly DocumentRow[]): Promise<boolean> => {
  try {
    await collection.bulkWrite(
      rows.map((document) => ({ insertOne: { document } })),
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
