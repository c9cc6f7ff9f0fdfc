// The rebuild of one projection from the log, against a bare scan that deciphers and parses every event and makes nothing of it.
import { ProjectionReaction } from '@waymark/event-processing';
import { SqliteReadModelStore } from '@waymark/read-model';
import { reportingService } from '@waymark/reporting-service';
import { join } from 'node:path';
import { contactStory, enquiry } from '../events.mjs';
import { compare, rateOf } from '../measure.mjs';
import { clock, decipherer, newFolder, openOurs, openRaw, remove } from '../stores.mjs';

const caseList = reportingService.projections.find(({ name }) => name === 'reporting.case-list');
/** A family's contact and the MASH enquiry on it. */
const perFamily = 33;
const atOnce = 100;

const prepared = async (families) => {
  const folder = newFolder();
  const { store, keys, close } = openOurs(folder);
  const decipher = decipherer();
  for (let from = 0; from < families; from += atOnce) {
    const some = Array.from({ length: Math.min(atOnce, families - from) }, (_, index) => [
      contactStory(from + index),
      enquiry(from + index),
    ]);
    await Promise.all(some.flat().map(({ stream, expected, events, commandId }) => store.append(stream, expected, events, commandId)));
    for (const [{ events }] of some) {
      const { referrer, child, household } = events[0].data;
      for (const subject of [events[0].caseId, referrer.personId, child.personId, household[0].personId])
        decipher.learn(subject, await keys.find(subject));
    }
  }
  await close();
  return { folder, events: families * perFamily, decipher };
};

const oursOf =
  ({ folder, events }) =>
  async () => {
    const { store, close } = openOurs(folder);
    const readModel = new SqliteReadModelStore(join(folder, 'read-models.db'));
    const reaction = new ProjectionReaction(caseList, { store, readModel, clock });
    await reaction.declare();
    // The first rebuild after opening looks every key up; a service has them at hand.
    await reaction.rebuild();
    const rate = await rateOf(events, async () => {
      const { events: found } = await reaction.rebuild();
      if (found !== events) throw new Error(`the rebuild saw ${found} of ${events} events`);
    });
    await readModel.close();
    await close();
    return rate;
  };

const rawOf =
  ({ folder, events, decipher }) =>
  async () => {
    const database = openRaw(join(folder, 'events.db'));
    const select = database.prepare(
      `SELECT e.position, s.name, e.id, t.name, e.data FROM events e JOIN types t ON t.key = e.type JOIN streams s ON s.key = e.stream
      WHERE e.position > ? ORDER BY e.position LIMIT 1000`,
    );
    select.setReturnArrays(true);
    const rate = await rateOf(events, () => {
      let count = 0;
      for (let after = 0, rows; (rows = select.all(after)).length > 0; after = rows.at(-1)[0])
        for (const [, stream, id, type, data] of rows) {
          decipher.read(stream, id, type, data);
          count += 1;
        }
      if (count !== events) throw new Error(`the scan saw ${count} of ${events} events`);
    });
    database.close();
    return rate;
  };

export const rebuildOne = {
  id: 'rebuild-one',
  unit: 'events/s',
  target: 0.7,
  what: "rebuild of reporting's list of cases over 50,000 events, against a bare scan, decipher and parse",
  run: async ({ rounds, quick, progress }) => {
    const world = await prepared(quick ? 20 : 1_515);
    try {
      return await compare({ rounds, progress, ours: oursOf(world), reference: rawOf(world) });
    } finally {
      remove(world.folder);
    }
  },
};
