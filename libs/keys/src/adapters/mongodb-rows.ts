import { databaseOf } from '@waymark/mongo';
import type { Connection, mongo } from 'mongoose';
import { KeysUnusable, type SubjectId } from '../key-store.js';
import type { WrappedKey } from './wrapping.js';

/** One generation of a subject's key, or the mark that all were destroyed. */
export interface KeyRow {
  /** The subject for its first key and for that mark, so that one is never put beside the other; then the subject and the generation. */
  readonly _id: string;
  readonly subject: SubjectId;
  readonly generation: number;
  readonly master: number;
  /** In base64. */
  readonly wrapped: string;
}

/** As layout 1 had it: the key under the subject's id alone; null once it was destroyed. */
export interface KeyRowOfLayout1 {
  readonly _id: SubjectId;
  readonly wrapped: string | null;
}

export const rowOf = ({ subject, generation, master, wrapped }: WrappedKey): KeyRow => ({
  _id: generation <= 1 ? subject : `${subject} ${generation}`,
  ...{ subject, generation, master },
  wrapped: Buffer.from(wrapped).toString('base64'),
});

export const wrappedOf = ({ subject, generation, master, wrapped }: KeyRow): WrappedKey => ({
  ...{ subject, generation, master },
  wrapped: Buffer.from(wrapped, 'base64'),
});

export const keyRows = (connection: Connection): mongo.Collection<KeyRow> => databaseOf(connection).collection<KeyRow>('_keys');

export const damagedRow = (place: string, { subject }: Pick<KeyRow, 'subject'>): KeysUnusable =>
  new KeysUnusable(`${place} is damaged: the key of subject ${subject} does not open. Restore its keys from their backup.`);
