// Loading: what unsealing, envelopes and folding add to reading, deciphering and parsing the same rows.
import { mashEnquiry } from '@waymark/referral-domain';
import { aggregates } from '@waymark/event-store';
import { join } from 'node:path';
import { enquiry, newId } from '../events.mjs';
import { compare, rateOf } from '../measure.mjs';
import { clock, decipherer, newFolder, openOurs, openRaw, remove } from '../stores.mjs';

const streams = 300;

/** A store of streams of thirty events each, and the same file opened bare once ours has let go of it. */
const prepared = async (count) => {
  const folder = newFolder();
  const enquiries = Array.from({ length: count }, (_, number) => enquiry(number));
  const { store, keys, close } = openOurs(folder);
  await Promise.all(enquiries.map(({ stream, expected, events, commandId }) => store.append(stream, expected, events, commandId)));
  const decipher = decipherer();
  for (const { events } of enquiries) decipher.learn(events[0].caseId, await keys.find(events[0].caseId));
  await close();
  return { folder, ids: enquiries.map(({ id }) => id), decipher };
};

/** Loads per second through the runner of commands; `cached` keeps the folded states, as a service does. */
const oursOf =
  ({ folder, ids }, passes, cached) =>
  async () => {
    const { store, close } = openOurs(folder);
    const runner = aggregates({ store, clock, ids: { next: newId }, cacheSize: cached ? 10_000 : 1 });
    const pass = async () => {
      for (const id of ids) if ((await runner.load(mashEnquiry, id)).version !== 30) throw new Error('a stream has not thirty events');
    };
    await pass();
    const rate = await rateOf(ids.length * passes, async () => {
      for (let count = 0; count < passes; count += 1) await pass();
    });
    await close();
    return rate;
  };

const rawOf =
  ({ folder, ids, decipher }, passes) =>
  async () => {
    const database = openRaw(join(folder, 'events.db'));
    const select =
      database.prepare(`SELECT e.id, t.name, e.data FROM streams s JOIN events e ON e.stream = s.key JOIN types t ON t.key = e.type
    WHERE s.name = ? ORDER BY e.version`);
    select.setReturnArrays(true);
    const pass = () => {
      for (const id of ids) {
        const stream = `referral.mash-enquiry-${id}`;
        const events = select.all(stream).map(([eventId, type, data]) => decipher.read(stream, eventId, type, data));
        if (events.length !== 30) throw new Error('a stream has not thirty events');
      }
    };
    pass();
    const rate = await rateOf(ids.length * passes, () => {
      for (let count = 0; count < passes; count += 1) pass();
    });
    database.close();
    return rate;
  };

const bench = (id, target, what, sides) => ({
  id,
  unit: 'streams/s',
  target,
  what,
  run: async ({ rounds, quick, progress }) => {
    const world = await prepared(quick ? 20 : streams);
    try {
      return await compare({ rounds, progress, ...sides(world, quick ? 1 : 5) });
    } finally {
      remove(world.folder);
    }
  },
});

export const load30 = bench('load-30', 0.7, 'load and fold of 30 events, against bare read, decipher and parse', (world, passes) => ({
  ours: oursOf(world, passes, false),
  reference: rawOf(world, passes),
}));
export const loadCached = bench('load-cached', 15, 'the same with the state kept, against without', (world, passes) => ({
  ours: oursOf(world, passes * 20, true),
  reference: oursOf(world, passes, false),
}));
