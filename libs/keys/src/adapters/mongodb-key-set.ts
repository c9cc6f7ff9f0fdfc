import type { KeyObject } from 'node:crypto';
import { durable, isDuplicate } from '@waymark/mongo';
import type { mongo } from 'mongoose';
import { KeysUnusable, type RandomBytes } from '../key-store.js';
import { unwrap, wrap } from './wrapping.js';

interface KeySetRow {
  readonly _id: string;
  readonly layout: number;
  /** Names the set; the event store remembers it. */
  readonly set: string;
  readonly fingerprint: string;
  /** A known text under the master key, in base64. */
  readonly check: string;
}

export interface Opening {
  readonly key: KeyObject;
  readonly fingerprint: string;
  readonly random: RandomBytes;
  readonly expectedId: string | undefined;
}

const row = 'keys';
const layout = 1;
const checkText = 'waymark keys';

/**
 * The set of keys that a database holds, made at the first start of the first process, and never anew in place of one that was lost.
 * @returns its id
 * @throws KeysUnusable
 */
export const openKeySet = async (db: mongo.Db, opening: Opening): Promise<string> => {
  const sets = db.collection<KeySetRow>('_waymark');
  const found = (await sets.findOne({ _id: row })) ?? (await make(db, sets, opening));
  const place = `database ${db.databaseName}`;
  if (found.layout !== layout) throw new KeysUnusable(`${place} holds keys of layout ${found.layout}, this build reads ${layout}.`);
  if (unwrap(opening.key, checkText, Buffer.from(found.check, 'base64'))?.toString() !== checkText)
    throw new KeysUnusable(
      `the master key given has fingerprint ${opening.fingerprint}, but the keys in ${place} were wrapped by the master key with fingerprint ${found.fingerprint}. Give that one.`,
    );
  if (opening.expectedId !== undefined && opening.expectedId !== found.set)
    throw new KeysUnusable(
      `${place} holds key set ${found.set}, but the event store was sealed with ${opening.expectedId}. Name the right database.`,
    );
  return found.set;
};

const make = async (db: mongo.Db, sets: mongo.Collection<KeySetRow>, opening: Opening): Promise<KeySetRow> => {
  const { key, fingerprint, random, expectedId } = opening;
  const place = `database ${db.databaseName}`;
  if (expectedId !== undefined)
    throw new KeysUnusable(
      `${place} holds no keys, but the event store was sealed with key set ${expectedId}. Restore them from their backup.`,
    );
  if (await db.collection('_keys').findOne({}))
    throw new KeysUnusable(`${place} holds keys, but not what they were wrapped by. Restore _waymark from the same backup.`);
  const check = wrap(key, random, checkText, Buffer.from(checkText)).toString('base64');
  const made = { _id: row, layout, set: Buffer.from(random(16)).toString('hex'), fingerprint, check };
  try {
    await sets.insertOne(made, durable);
    return made;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    // Another process was first; whether its master key is ours is seen next.
    return (await sets.findOne({ _id: row })) ?? made;
  }
};
