// A backlog taken in by a consumer with its inbox and its parking, against plain kafkajs that writes the same documents.
import { join } from 'node:path';
import { derivedId } from '@waymark/kernel';
import { Consumer } from '@waymark/event-processing';
import { SqliteReadModelStore } from '@waymark/read-model';
import { contactTriaged, referralContracts } from '@waymark/referral-contracts';
import { findKafka, plain, withBus } from '../kafka.mjs';
import { compare, rateOf } from '../measure.mjs';
import { clock, newFolder, remove } from '../stores.mjs';

const cases = 2_000;
const copies = { name: 'planning.copies', indexes: ['outcome'] };
const ignores = referralContracts.filter(({ type }) => type !== contactTriaged.type);

const backlog = async (bus, count) => {
  for (let from = 0; from < count; from += 500) {
    const messages = Array.from({ length: 500 }, (_, index) => {
      const n = from + index;
      const caseId = derivedId('case', String(n % cases));
      const data = {
        caseId,
        contactId: derivedId('contact', String(n)),
        outcome: 'advice-and-information',
        triagedAt: '2026-03-02T09:15:00.000Z',
      };
      return {
        ...{ id: derivedId('message', String(n)), type: contactTriaged.type, source: '/services/referral', time: data.triagedAt },
        ...{ key: caseId, position: String(n + 1).padStart(16, '0'), correlationId: derivedId('correlation', String(n)), data },
      };
    });
    await bus.publish(contactTriaged.topic, messages);
  }
};

const documentOf = (data) => ({ id: data.caseId, contactId: data.contactId, outcome: data.outcome, triagedAt: data.triagedAt });

const inStore = async (work) => {
  const folder = newFolder();
  const readModel = new SqliteReadModelStore(join(folder, 'read-models.db'));
  await readModel.declare(copies);
  try {
    return await work(readModel);
  } finally {
    await readModel.close();
    remove(folder);
  }
};

let groups = 0;
const ours = (bus, count) =>
  inStore(async (readModel) => {
    let taken = 0;
    let allTaken;
    const all = new Promise((resolve) => (allTaken = resolve));
    const effect = async (messages, documents) => {
      for (const { data } of messages) documents.put(copies.name, documentOf(data));
      if ((taken += messages.length) >= count) allTaken();
    };
    const consumer = new Consumer({ name: `planning.copy-${(groups += 1)}`, handles: [contactTriaged], ignores, effect }, bus, {
      readModel,
      clock,
    });
    const rate = await rateOf(count, async () => {
      consumer.start();
      await all;
    });
    await consumer.stop();
    return rate;
  });

const reference = ({ brokers }, prefix, count) =>
  inStore(async (readModel) => {
    const consumer = plain(brokers).consumer({ groupId: `${prefix}plain-${(groups += 1)}`, allowAutoTopicCreation: false });
    let taken = 0;
    let allTaken;
    const all = new Promise((resolve) => (allTaken = resolve));
    const eachBatch = async ({ batch, resolveOffset, commitOffsetsIfNecessary }) => {
      const documents = new Map();
      for (const { value } of batch.messages) {
        const document = documentOf(JSON.parse(value.toString()).data);
        documents.set(document.id, document);
      }
      await readModel.write({ changes: [...documents.values()].map((put) => ({ put, in: copies.name })), durable: true });
      resolveOffset(batch.lastOffset());
      await commitOffsetsIfNecessary();
      if ((taken += batch.messages.length) >= count) allTaken();
    };
    const rate = await rateOf(count, async () => {
      await consumer.connect();
      await consumer.subscribe({ topics: [prefix + contactTriaged.topic], fromBeginning: true });
      await consumer.run({ eachBatch, partitionsConsumedConcurrently: 8 });
      await all;
    });
    await consumer.disconnect();
    return rate;
  });

export const kafkaConsume = {
  id: 'consume-backlog',
  unit: 'messages/s',
  target: 0.7,
  what: 'a consumer with inbox and parking taking in a backlog of 100,000, against plain kafkajs eachBatch writing the same documents',
  find: findKafka,
  run: async ({ rounds, quick, engine, progress }) => {
    const count = quick ? 2_000 : 100_000;
    return withBus(engine.brokers, referralContracts, async ({ bus, prefix }) => {
      await backlog(bus, count);
      return compare({ rounds, progress, ours: () => ours(bus, count), reference: () => reference(engine, prefix, count) });
    });
  },
};
