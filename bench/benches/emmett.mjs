// The same appends through emmett's SQLite event store, one after the other: its concurrent appends on one file fail without a mutex.
import { join } from 'node:path';
import { triages } from '../events.mjs';
import { compare, rateOf } from '../measure.mjs';
import { newFolder, openOurs, remove } from '../stores.mjs';
import { appendTo, writeAll } from '../writing.mjs';

const mutex = () => {
  let last = Promise.resolve();
  return (work) => (last = last.then(work));
};

const ours = (each) => async () => {
  const folder = newFolder();
  const { keys, store, close } = openOurs(folder);
  const appends = triages(50, each);
  await keys.provide([...new Set(appends.map(({ events }) => events[0].caseId))]);
  const rate = await rateOf(appends.length, () => writeAll(appends, appendTo(store)));
  await close();
  remove(folder);
  return rate;
};

/** @param {boolean} keeps one connection for all, which emmett takes but does not do by itself: it opens and closes one for each append */
const emmett = (each, keeps) => async () => {
  const { getSQLiteEventStore, sqliteConnection } = await import('@event-driven-io/emmett-sqlite');
  const folder = newFolder();
  const fileName = join(folder, 'emmett.db');
  const connection = keeps ? sqliteConnection({ fileName }) : undefined;
  const store = getSQLiteEventStore({ fileName, ...(connection ? { connectionOptions: { connection, singleton: true } } : {}) });
  await store.schema.migrate();
  const appends = triages(50, each);
  const inTurn = mutex();
  const append = ({ stream, expected, events: [{ type, data, ...metadata }] }) =>
    inTurn(() =>
      store.appendToStream(stream, [{ type, data, metadata }], {
        expectedStreamVersion: expected === 'none' ? 'STREAM_DOES_NOT_EXIST' : BigInt(expected),
      }),
    );
  const rate = await rateOf(appends.length, () => writeAll(appends, append));
  connection?.close();
  remove(folder);
  return rate;
};

const note = 'emmett runs on node:sqlite through bench/sqlite3, in place of the native package: no slower than with it.';

const bench = (id, target, what, keeps) => ({
  id,
  unit: 'events/s',
  target,
  what,
  note,
  run: ({ rounds, quick, progress }) => compare({ rounds, progress, ours: ours(quick ? 4 : 120), reference: emmett(quick ? 1 : 8, keeps) }),
});

export const appendEmmett = bench('append-50-emmett', 20, "50 writers, against emmett's SQLite store as it comes, behind a mutex", false);
export const appendEmmettKept = bench('append-50-emmett-kept', null, 'the same, emmett given one connection to keep', true);
