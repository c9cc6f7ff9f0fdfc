// The relay from the record to Kafka, against a plain producer that sends the same values, made beforehand, in the same pages.
import { join } from 'node:path';
import { toCloudEvent } from '@waymark/messaging';
import { realSleep } from '@waymark/async';
import { LoadThrottle, relayReaction } from '@waymark/event-processing';
import { MemoryReadModelStore, SqliteReadModelStore } from '@waymark/read-model';
import { referralContracts } from '@waymark/referral-contracts';
import { ContactTriaged } from '@waymark/referral-domain';
import { referralService } from '@waymark/referral-service';
import { triages } from '../events.mjs';
import { findKafka, plain, withBus } from '../kafka.mjs';
import { compare, rateOf } from '../measure.mjs';
import { clock, newFolder, openOurs, remove } from '../stores.mjs';

const writers = 50;
export const referralRelay = {
  name: 'referral.relay',
  handles: [ContactTriaged],
  topics: [...new Set(referralContracts.map(({ topic }) => topic))],
  publish: referralService.publishes.publish,
};

/** A record of triages; each is told to the other services. */
export const recordOf = async (folder, events) => {
  const { store, close } = openOurs(folder);
  const appends = triages(writers, events / writers);
  for (let from = 0; from < appends.length; from += writers)
    await Promise.all(appends.slice(from, from + writers).map((one) => store.append(one.stream, one.expected, one.events, one.commandId)));
  await close();
};

const run = async (relay, store, work = async () => {}) => {
  const head = await store.head();
  relay.start();
  await work();
  while (!(await relay.waitFor(head, 60_000)));
  await relay.stop();
};

let rounds = 0;
const ours = ({ brokers }, folder, events) =>
  withBus(brokers, referralContracts, async ({ bus }) => {
    const { store, close } = openOurs(folder);
    const readModel = new SqliteReadModelStore(join(folder, `relay-${(rounds += 1)}.db`));
    const rate = await rateOf(events, () =>
      run(relayReaction(referralRelay, bus, { store, readModel, clock, throttle: new LoadThrottle(realSleep) }), store),
    );
    await readModel.close();
    await close();
    return rate;
  });

/** What the relay publishes, page by page. */
const published = async (folder) => {
  const pages = [];
  const publish = async (topic, messages) => {
    pages.push({ topic, messages });
    return new Map();
  };
  const bus = { publish, publishProgress: async () => {}, endOffsets: async () => new Map() };
  const { store, close } = openOurs(folder);
  await run(relayReaction(referralRelay, bus, { store, readModel: new MemoryReadModelStore(), clock }), store);
  await close();
  const headers = { 'content-type': 'application/cloudevents+json; charset=UTF-8' };
  return pages.map(({ topic, messages }) => ({
    topic,
    messages: messages.map((message) => ({ key: message.key, value: toCloudEvent(message), headers })),
  }));
};

const reference = ({ brokers }, pages, events) =>
  withBus(brokers, referralContracts, async ({ prefix }) => {
    const producer = plain(brokers).producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false });
    await producer.connect();
    const rate = await rateOf(events, async () => {
      for (const { topic, messages } of pages) await producer.send({ topic: prefix + topic, messages, acks: -1 });
    });
    await producer.disconnect();
    return rate;
  });

export const kafkaRelay = {
  id: 'relay',
  unit: 'events/s',
  target: 0.8,
  what: 'the relay from a record on SQLite to Kafka, against plain kafkajs sending the same bytes',
  find: findKafka,
  run: async ({ rounds: count, quick, engine, progress }) => {
    const events = quick ? 500 : 20_000;
    const folder = newFolder();
    try {
      await recordOf(folder, events);
      const pages = await published(folder);
      return await compare({
        rounds: count,
        progress,
        ours: () => ours(engine, folder, events),
        reference: () => reference(engine, pages, events),
      });
    } finally {
      remove(folder);
    }
  },
};
