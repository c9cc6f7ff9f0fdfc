import { databaseOf, durable, isDuplicate } from '@waymark/mongo';
import { KeysUnusable } from '../key-store.js';
import { takeForward } from './mongodb-layout-1.js';
import { keyRows } from './mongodb-rows.js';
import { givenFor, keySetId, keySets, layout, masterRow, notGiven, type KeySetRow, type Opening } from './mongodb-set-rows.js';

/**
 * The set of keys that a database holds, made at the first start of the first process, and never anew in place of one that was lost. One of an earlier
 * layout is taken forward.
 * @throws KeysUnusable
 */
export const openKeySet = async (opening: Opening): Promise<KeySetRow> => {
  const { connection, given, expectedId } = opening;
  const place = `database ${databaseOf(connection).databaseName}`;
  const set = await currentSet(opening, place);
  for (const row of set.masters.filter(({ retired }) => !retired))
    if (!givenFor(set.set, row, given)) throw new KeysUnusable(notGiven(place, row, given));
  if (expectedId !== undefined && expectedId !== set.set)
    throw new KeysUnusable(
      `${place} holds key set ${set.set}, but the event store was sealed with ${expectedId}. Name the right database.`,
    );
  return set;
};

const currentSet = async (opening: Opening, place: string): Promise<KeySetRow> => {
  const found = (await keySets(opening.connection).findOne({ _id: keySetId })) ?? (await make(opening));
  if (found.layout > layout)
    throw new KeysUnusable(
      `${place} holds keys of layout ${found.layout}, of a newer version of Waymark; this one reads layout ${layout} and earlier. Start the newer version.`,
    );
  return found.layout === layout && found.from === undefined ? found : takeForward(opening, found);
};

const make = async ({ connection, given, random, expectedId }: Opening): Promise<KeySetRow> => {
  const place = `database ${databaseOf(connection).databaseName}`;
  if (expectedId !== undefined)
    throw new KeysUnusable(
      `${place} holds no keys, but the event store was sealed with key set ${expectedId}. Restore them from their backup.`,
    );
  if (await keyRows(connection).findOne({}))
    throw new KeysUnusable(`${place} holds keys, but not what they were wrapped by. Restore _waymark from the same backup.`);
  const set = Buffer.from(random(16)).toString('hex');
  const made: KeySetRow = { _id: keySetId, layout, set, newest: 1, masters: [masterRow(set, 1, given[0], random)] };
  try {
    await keySets(connection).insertOne(made, durable);
    return made;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    // Another process was first; whether its master key is ours is seen next.
    return (await keySets(connection).findOne({ _id: keySetId })) ?? made;
  }
};
