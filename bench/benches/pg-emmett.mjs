// The same appends through emmett's PostgreSQL event store as its users run it: one store with its pool, appends to streams of their own at once.
import { compare } from '../measure.mjs';
import { findPostgres, inDatabase } from '../postgres.mjs';
import { rateOfWritingWarm } from '../writing.mjs';
import { ours, timed } from './pg-append.mjs';

const emmett = (server, each) =>
  inDatabase(server, async ({ url }) => {
    const { getPostgreSQLEventStore } = await import('@event-driven-io/emmett-postgresql');
    const store = getPostgreSQLEventStore(url);
    await store.schema.migrate();
    const append = ({ stream, expected, events: [{ type, data, ...metadata }] }) =>
      store.appendToStream(stream, [{ type, data, metadata }], {
        expectedStreamVersion: expected === 'none' ? 'STREAM_DOES_NOT_EXIST' : BigInt(expected),
      });
    const rate = await rateOfWritingWarm(each, append);
    await store.close();
    return rate;
  });

export const pgAppend50Emmett = {
  id: 'pg-append-50-emmett',
  unit: 'events/s',
  target: 10,
  what: "50 writers on PostgreSQL, against emmett's PostgreSQL store as it comes",
  find: findPostgres,
  run: ({ rounds, quick, engine, progress }) =>
    compare({ rounds, progress, ours: () => ours(engine.url, quick ? 4 : timed), reference: () => emmett(engine.url, quick ? 1 : 100) }),
};
