// Reads all that is on the topics of the services, and looks at its order.
import { randomUUID } from 'node:crypto';
import kafkajs from 'kafkajs';
import { fromCloudEvent } from '@waymark/messaging';

/** Where each partition ends; those without a message left out. */
const endsOf = async (kafka, topics) => {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const ends = new Map();
    for (const topic of topics)
      for (const { partition, high, low } of await admin.fetchTopicOffsets(topic))
        if (BigInt(high) > BigInt(low)) ends.set(`${topic} ${partition}`, BigInt(high) - 1n);
    return ends;
  } finally {
    await admin.disconnect();
  }
};

/**
 * @param {{ brokers: readonly string[], topics: readonly string[] }} from
 * @returns {Promise<{ topic: string, partition: number, message: object }[]>} in the order of each partition
 */
export const everyDelivery = async ({ brokers, topics }) => {
  const kafka = new kafkajs.Kafka({ brokers: [...brokers], clientId: 'waymark-kills-check', logLevel: kafkajs.logLevel.NOTHING });
  const ends = await endsOf(kafka, topics);
  const deliveries = [];
  if (ends.size === 0) return deliveries;
  const consumer = kafka.consumer({ groupId: `check-${randomUUID()}`, maxWaitTimeInMs: 200 });
  await consumer.connect();
  await consumer.subscribe({ topics: [...topics], fromBeginning: true });
  await new Promise((resolve, reject) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
    const eachMessage = async ({ topic, partition, message: { offset, value } }) => {
      deliveries.push({ topic, partition, message: fromCloudEvent(String(value)) });
      const place = `${topic} ${partition}`;
      if (BigInt(offset) >= (ends.get(place) ?? -1n)) ends.delete(place);
      if (ends.size === 0) resolve();
    };
    consumer.run({ eachMessage }).catch(reject);
  });
  await consumer.disconnect();
  return deliveries;
};

/**
 * Repeats left out, what a service tells of a case is in the order of the log, and of an event in the order in which it tells it; and in one partition.
 * @param {readonly object[]} deliveries
 * @param {readonly object[]} published what services told, in that order
 */
export const orderFaults = (deliveries, published) => {
  const faults = [];
  const places = new Map(published.map(({ id }, place) => [id, place]));
  const seen = new Set();
  const last = new Map();
  for (const { partition, message } of deliveries) {
    const { id, key, source, type } = message;
    if (seen.has(id)) continue;
    seen.add(id);
    const before = last.get(`${source} ${key}`);
    if (before && places.get(id) <= places.get(before.id))
      faults.push(`${type} ${id} comes behind ${before.type} ${before.id}, and happened before it`);
    if (before && partition !== before.partition) faults.push(`${type} ${id} is in another partition than others of its case`);
    last.set(`${source} ${key}`, { ...message, partition });
  }
  return faults;
};
