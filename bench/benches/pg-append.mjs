// Appends over PostgreSQL: what sealing, checks and the order of the record add to bare grouped inserts of the same rows.
import pg from 'pg';
import { contextText as coveredContext } from '../../libs/event-store/dist/adapters/checksum.js';
import { contextText, givenChecksum, placedChecksum } from '../../libs/event-store/dist/adapters/postgres/rows.js';
import { triages } from '../events.mjs';
import { compare, rateOf } from '../measure.mjs';
import { findPostgres, inDatabase, openOnPostgres } from '../postgres.mjs';
import { sealBeforehand } from '../stores.mjs';
import { appendTo, rateOfWritingWarm, warmUpOf, writers } from '../writing.mjs';

/** Timed appends of each writer: half a second in all. */
export const timed = 200;

/** Ours; the keys are there beforehand, as they are for every family but a new one. */
export const ours = (server, each) =>
  inDatabase(server, async (place) => {
    const { keys, store, close } = await openOnPostgres(place);
    await keys.provide(triages(writers, 1).map(({ events }) => events[0].caseId));
    const rate = await rateOfWritingWarm(each, appendTo(store));
    await close();
    return rate;
  });

/** The same rows for the same table, sealed beforehand. */
export const rowsOf = (sealed) => {
  let position = 0;
  return sealed.flatMap(({ stream, events, commandId }) =>
    events.map((event, index) => {
      const context = contextText(event);
      const batch = index === 0 ? events.length : 0;
      const given = givenChecksum({ stream, version: event.version, batch, commandId, event, context: coveredContext(event) });
      return [
        (position += 1),
        stream,
        event.version,
        batch,
        event.type,
        event.caseId,
        event.id,
        event.occurredAt,
        event.recordedAt,
        context,
        commandId,
        event.correlationId,
        event.causationId,
        placedChecksum(String(position), event.recordedAt, given),
        event.data,
      ];
    }),
  );
};

/** One prepared INSERT for each group, and so one transaction. */
export const insertGrouped = async (client, rows) => {
  for (let from = 0; from < rows.length; from += writers) {
    const group = rows.slice(from, from + writers);
    const places = group.map((row, index) => `(${row.map((_, column) => `$${index * row.length + column + 1}`).join(',')})`);
    await client.query({
      name: `raw-${group.length}`,
      text: `INSERT INTO waymark_events.events VALUES ${places.join(',')}`,
      values: group.flat(),
    });
  }
};

const raw = (server, each) =>
  inDatabase(server, async (place) => {
    const { keys, close } = await openOnPostgres(place);
    const rows = rowsOf(await sealBeforehand(keys, triages(writers, warmUpOf(each) + each)));
    await close();
    const client = new pg.Client({ connectionString: place.url });
    await client.connect();
    globalThis.gc?.();
    await insertGrouped(client, rows.splice(0, writers * warmUpOf(each)));
    const rate = await rateOf(rows.length, () => insertGrouped(client, rows));
    await client.end();
    return rate;
  });

export const pgAppend50 = {
  id: 'pg-append-50',
  unit: 'events/s',
  target: 0.6,
  what: '50 writers on PostgreSQL, against bare inserts of the same rows in groups of 50',
  find: findPostgres,
  run: ({ rounds, quick, engine, progress }) => {
    const each = quick ? 4 : timed;
    return compare({ rounds, progress, ours: () => ours(engine.url, each), reference: () => raw(engine.url, each) });
  },
};
