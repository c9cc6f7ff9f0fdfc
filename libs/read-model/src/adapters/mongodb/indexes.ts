import { setTimeout as after } from 'node:timers/promises';
import { durable, isDuplicate, type Server } from '@waymark/mongo';
import type { mongo } from 'mongoose';
import type { Collection, Document } from '../../read-model-store.js';
import { fieldsOf } from './documents.js';
import { tables, type DeclaredRow, type DocumentRow } from './layout.js';

const pageSize = 500;

/** An index over each field and the id; over the elements of arrays too, but not on FerretDB, which has no such index and would keep the whole array in an entry. */
export const buildIndexes = async (db: mongo.Db, server: Server, physical: string, fields: readonly string[]): Promise<void> => {
  const collection = db.collection(physical);
  for (const field of fields) {
    await collection.createIndex({ [`f.${field}`]: 1, _id: 1 });
    if (server.product === 'MongoDB') await collection.createIndex({ [`e.${field}`]: 1 });
  }
};

/** Puts what a new index holds beside documents that were there before it. Each only as it was read: one that is written meanwhile has it already. */
const fillIndexes = async (db: mongo.Db, physical: string, indexes: readonly string[]): Promise<void> => {
  const collection = db.collection<DocumentRow>(physical);
  let last = '';
  for (;;) {
    const rows = await collection
      .find({ _id: { $gt: last }, gone: null } as unknown as mongo.Filter<DocumentRow>)
      .sort({ _id: 1 })
      .limit(pageSize)
      .toArray();
    const updates = rows.flatMap(({ _id, body }) =>
      body === undefined
        ? []
        : [{ updateOne: { filter: { _id, body }, update: { $set: fieldsOf(indexes, JSON.parse(body) as Document) } } }],
    );
    if (updates.length > 0) await collection.bulkWrite(updates, { ordered: false, ...durable });
    const end = rows.at(-1);
    if (!end) return;
    last = end._id;
  }
};

export interface Declaring {
  readonly db: mongo.Db;
  readonly server: Server;
  readonly collection: Collection;
  /** Its serving documents, and those of generations that are being filled. */
  readonly physicals: readonly string[];
  /** Until then every process knows a new index, and fills it with each document that it writes. */
  readonly knownByAllMs: number;
}

const races = 10;

/** Two processes that make the same document at the same moment: the server refuses one of them, which then finds it there. */
const whoeverComesFirst = async (work: () => Promise<unknown>): Promise<void> => {
  for (let race = 1; ; race += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (!isDuplicate(error) || race >= races) throw error;
    }
  }
};

/** Makes known, builds, fills, and notes as ready, in this order: a declaration that was cut off is taken up by the next. */
export const declareIndexes = async ({ db, server, collection, physicals, knownByAllMs }: Declaring, row?: DeclaredRow): Promise<void> => {
  const { collections } = tables(db);
  const { name, indexes } = collection;
  await whoeverComesFirst(() =>
    collections.updateOne({ _id: name }, { $addToSet: { indexes: { $each: [...indexes] } } }, { upsert: true, ...durable }),
  );
  for (const physical of physicals) await whoeverComesFirst(() => buildIndexes(db, server, physical, indexes));
  if (row) {
    await after(knownByAllMs);
    const all = (await collections.findOne({ _id: name }))?.indexes ?? indexes;
    for (const physical of physicals) await fillIndexes(db, physical, all);
  }
  await collections.updateOne({ _id: name }, { $addToSet: { ready: { $each: [...indexes] } } }, durable);
};
