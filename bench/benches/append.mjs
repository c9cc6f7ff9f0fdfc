// Appends: what the store adds to bare inserts of the same rows.
import { join } from 'node:path';
import { triages } from '../events.mjs';
import { compare, rateOf } from '../measure.mjs';
import { emptyTables, insertRaw, newFolder, openOurs, remove, rowsOf, sealBeforehand } from '../stores.mjs';
import { appendTo, writeAll } from '../writing.mjs';

const inFolder = async (work) => {
  const folder = newFolder();
  try {
    return await work(folder);
  } finally {
    remove(folder);
  }
};

const rateOfWriting = (store, appends) => rateOf(appends.length, () => writeAll(appends, appendTo(store)));

const keysOf = (appends) => [...new Set(appends.flatMap(({ events }) => events.map(({ caseId }) => caseId)))];

/** Ours; the keys are there beforehand, as they are for every family but a new one. */
const ours = (writers, each) =>
  inFolder(async (folder) => {
    const { keys, store, close } = openOurs(folder);
    const appends = triages(writers, each);
    await keys.provide(keysOf(appends));
    const rate = await rateOfWriting(store, appends);
    await close();
    return rate;
  });

/** Ours without sealing and without the check against the schema: the log alone, given what is sealed already. */
const unsealed = (writers, each) =>
  inFolder(async (folder) => {
    const { log, keys, close } = openOurs(folder);
    const appends = await sealBeforehand(keys, triages(writers, each));
    const rate = await rateOfWriting(log, appends);
    await close();
    return rate;
  });

const raw = (writers, each) =>
  inFolder(async (folder) => {
    const { keys, close } = openOurs(folder);
    const rows = rowsOf(await sealBeforehand(keys, triages(writers, each)));
    await close();
    const database = await emptyTables(join(folder, 'raw.db'));
    const rate = await rateOf(rows.length, () => insertRaw(database, rows, writers));
    database.close();
    return rate;
  });

const bench = (id, target, what, writers, reference, first = ours) => ({
  id,
  unit: 'events/s',
  target,
  what,
  run: async ({ rounds, quick, progress }) => {
    const each = writers === 1 ? (quick ? 50 : 600) : quick ? 4 : 200;
    return compare({ rounds, progress, ours: () => first(writers, each), reference: () => reference(writers, each) });
  },
});

export const append50 = bench('append-50', 0.7, '50 writers, against bare inserts of the same rows in the same groups', 50, raw);
export const append50Sealing = bench('append-50-sealing', null, 'the same with sealing and schema check, against without', 50, unsealed);
export const append1 = bench('append-1', 0.85, 'one writer, against bare inserts of the same rows', 1, raw);
