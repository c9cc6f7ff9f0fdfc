import { databaseOf, durable } from '@waymark/mongo';
import { KeysUnusable } from '../key-store.js';
import { keySetId, keySets, layout, masterRow, notGiven, type GivenMasterKey, type KeySetRow, type Opening } from './mongodb-set-rows.js';
import { damagedRow, keyRows, rowOf, type KeyRowOfLayout1 } from './mongodb-rows.js';
import { unwrap, wrapDestroyed, wrapKey, type WrappedKey, type Wrapper } from './wrapping.js';

/** As layout 1 had it. */
interface KeySetRowOfLayout1 {
  readonly set: string;
  readonly fingerprint: string;
  /** A known text under the master key, in base64. */
  readonly check: string;
}

const checkText = 'waymark keys';
const atOnce = 500;

/**
 * Takes keys of layout 1 (up to 30 November 2026) forward: first the set, so that no process of an earlier version begins beside it, then key by key,
 * then the note that all are done. Whoever finds it half done goes on; two that do it at once do the same.
 * @throws KeysUnusable
 */
export const takeForward = async (opening: Opening, found: KeySetRow): Promise<KeySetRow> => {
  const { connection, given, random } = opening;
  const place = `database ${databaseOf(connection).databaseName}`;
  const old = found as unknown as KeySetRowOfLayout1;
  const master = given.find(({ key }) => unwrap(key, checkText, Buffer.from(old.check, 'base64'))?.toString() === checkText);
  if (!master) throw new KeysUnusable(notGiven(place, old, given));
  if (found.layout !== layout) {
    const masters = [masterRow(found.set, 1, master, random)];
    await keySets(connection).updateOne(
      { _id: keySetId, layout: found.layout },
      { $set: { layout, newest: 1, masters, from: 1 } },
      durable,
    );
  }
  await takeKeysForward(opening, master, place);
  await keySets(connection).updateOne({ _id: keySetId }, { $unset: { from: '', fingerprint: '', check: '' } }, durable);
  const now = await keySets(connection).findOne({ _id: keySetId });
  if (!now) throw new KeysUnusable(`${place} holds no set of keys any more. Restore _waymark from its backup.`);
  return now;
};

const takeKeysForward = async ({ connection, random }: Opening, { key }: GivenMasterKey, place: string): Promise<void> => {
  const by: Wrapper = { masters: new Map([[1, key]]), newest: 1, random };
  const rows = databaseOf(connection).collection<KeyRowOfLayout1>('_keys');
  for (;;) {
    const old = await rows
      .find({ subject: { $exists: false } })
      .limit(atOnce)
      .toArray();
    if (old.length === 0) return;
    const updates = old.map(({ _id, wrapped }) => {
      const { _id: _same, ...set } = rowOf(forward(by, { _id, wrapped }, place));
      return { updateOne: { filter: { _id, wrapped }, update: { $set: set } } };
    });
    await keyRows(connection).bulkWrite(updates as unknown as Parameters<ReturnType<typeof keyRows>['bulkWrite']>[0], durable);
  }
};

const forward = (by: Wrapper, { _id: subject, wrapped }: KeyRowOfLayout1, place: string): WrappedKey => {
  if (wrapped === null) return wrapDestroyed(by, subject);
  const master = by.masters.get(by.newest);
  const bytes = master && unwrap(master, subject, Buffer.from(wrapped, 'base64'));
  if (!bytes) throw damagedRow(place, { subject });
  return wrapKey(by, { subject, generation: 1, bytes });
};
