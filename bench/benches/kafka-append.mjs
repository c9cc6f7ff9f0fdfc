// What a relay that publishes along costs the appends beside it.
import { join } from 'node:path';
import { realSleep } from '@waymark/async';
import { LoadThrottle, relayReaction } from '@waymark/event-processing';
import { SqliteReadModelStore } from '@waymark/read-model';
import { referralContracts } from '@waymark/referral-contracts';
import { findKafka, withBus } from '../kafka.mjs';
import { compare } from '../measure.mjs';
import { clock, newFolder, openOurs, remove } from '../stores.mjs';
import { appendTo, rateOfWritingWarm } from '../writing.mjs';
import { referralRelay } from './kafka-relay.mjs';

const appending = (store, each) => rateOfWritingWarm(each, appendTo(store));

const inFolder = async (work) => {
  const folder = newFolder();
  try {
    return await work(folder);
  } finally {
    remove(folder);
  }
};

const ours = ({ brokers }, each) =>
  inFolder((folder) =>
    withBus(brokers, referralContracts, async ({ bus }) => {
      const { store, close } = openOurs(folder);
      const readModel = new SqliteReadModelStore(join(folder, 'read-models.db'));
      const relay = relayReaction(referralRelay, bus, { store, readModel, clock, throttle: new LoadThrottle(realSleep) });
      relay.start();
      const rate = await appending(store, each);
      while (!(await relay.waitFor(await store.head(), 60_000)));
      await relay.stop();
      await readModel.close();
      await close();
      return rate;
    }),
  );

const reference = (each) =>
  inFolder(async (folder) => {
    const { store, close } = openOurs(folder);
    const rate = await appending(store, each);
    await close();
    return rate;
  });

export const appendWithRelay = {
  id: 'append-with-relay',
  unit: 'events/s',
  target: 0.9,
  what: '50 writers on SQLite while the relay publishes what they append to Kafka, against the same without a relay',
  find: findKafka,
  run: async ({ rounds, quick, engine, progress }) => {
    const each = quick ? 4 : 400;
    return compare({ rounds, progress, ours: () => ours(engine, each), reference: () => reference(each) });
  },
};
