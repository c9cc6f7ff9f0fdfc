import { randomBytes } from 'node:crypto';
import { isDuplicate, durable } from '@waymark/mongo';
import type { mongo } from 'mongoose';
import { ReadModelUnusable } from '../../read-model-store.js';

/** Names that no declared collection can have: theirs begin with a letter. */
export const names = { about: '_waymark', collections: '_collections', checkpoints: '_checkpoints', journal: '_journal', locks: '_locks' };

/** A collection as it was declared. */
export interface DeclaredRow {
  readonly _id: string;
  readonly indexes: readonly string[];
  /** Those of the indexes that are built, and hold every document. */
  readonly ready?: readonly string[];
  /** The subscriber that rebuilds it; its checkpoint says which generation serves. */
  readonly owner?: string;
}

/** A document of ours as it is kept: see documents.ts. */
export interface DocumentRow {
  readonly _id: string;
  readonly v?: Readonly<Record<string, number>>;
  readonly body?: string;
  readonly gone?: boolean;
}

/** A change on its way: where to, and the document as JSON; without one the document goes. */
export interface Journalled {
  readonly in: string;
  readonly to: string;
  readonly key: string;
  readonly n: number;
  readonly body?: string;
  /** A hint, as in a `Change`. */
  readonly isNew?: true;
}

/** Names the document that a change is of. */
export const placeOf = ({ to, key }: Pick<Journalled, 'to' | 'key'>): string => `${to} ${key}`;

/** A checkpoint, the batch that made it, and which generations serve with it: one document, so that all of it changes at once. */
export interface CheckpointRow {
  readonly _id: string;
  readonly seq: number;
  readonly position: string;
  /** Names the move that made it so, since several are made in one request. */
  readonly by?: string;
  readonly pending?: { readonly changes: readonly Journalled[] } | { readonly parts: readonly string[] };
  /** Generation by collection. */
  readonly serving?: Readonly<Record<string, string>>;
  /** Generations that are being filled, and what belongs to them. */
  readonly fills?: Readonly<Record<string, readonly string[]>>;
  /** Collections of generations that serve no more, to be dropped once nobody reads them. */
  readonly retired?: Readonly<Record<string, true>>;
}

/** A batch without a checkpoint, a part of one that has one, or the mark that a batch was given up. */
export interface JournalRow {
  readonly _id: string;
  readonly kind: 'batch' | 'part' | 'given-up';
  readonly changes?: readonly Journalled[];
  /** Of a part: its checkpoint, and how far that will have moved with it. */
  readonly label?: string;
  readonly seq?: number;
}

export interface LockRow {
  readonly _id: string;
  readonly token: string;
}

export const tables = (db: mongo.Db) => ({
  collections: db.collection<DeclaredRow>(names.collections),
  checkpoints: db.collection<CheckpointRow>(names.checkpoints),
  journal: db.collection<JournalRow>(names.journal),
  locks: db.collection<LockRow>(names.locks),
});

/** A name as the name of a field, which holds no dot and no dollar. */
export const fieldOf = (name: string): string => encodeURIComponent(name).replaceAll('.', '%2E');
export const nameOf = (field: string): string => decodeURIComponent(field);

interface About {
  readonly _id: string;
  readonly layout: number;
  readonly cursorKey: string;
}
const layout = 1;
const id = 'read-model';

/**
 * Claims the database for read models, or sees that it is ours.
 * @returns the key that seals cursors
 * @throws ReadModelUnusable when it is of another layout
 */
export const openLayout = async (db: mongo.Db): Promise<Uint8Array> => {
  const about = db.collection<About>(names.about);
  const found = (await about.findOne({ _id: id })) ?? (await claim(db, about));
  if (found.layout !== layout || Buffer.from(found.cursorKey ?? '', 'base64').length !== 32)
    throw new ReadModelUnusable(
      `database ${db.databaseName} holds read models of layout ${found.layout}, this build reads ${layout}. Run the build that wrote them, or name another database: projections are made again from the log`,
    );
  return Buffer.from(found.cursorKey, 'base64');
};

const claim = async (db: mongo.Db, about: mongo.Collection<About>): Promise<About> => {
  if ((await tables(db).checkpoints.findOne({})) ?? (await tables(db).collections.findOne({})))
    throw new ReadModelUnusable(
      `database ${db.databaseName} holds collections named ${names.collections} or ${names.checkpoints} that are not ours. Name another database`,
    );
  const made = { _id: id, layout, cursorKey: randomBytes(32).toString('base64') };
  try {
    await about.insertOne(made, durable);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
  return (await about.findOne({ _id: id })) ?? made;
};
