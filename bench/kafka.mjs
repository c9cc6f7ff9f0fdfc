// Kafka for the benches: the brokers, topics of a run's own, and plain clients to compare with.
import { randomUUID } from 'node:crypto';
import { available, startKafka } from '@waymark/engines';
import { openKafkaBus } from '@waymark/messaging/kafka';
import kafkajs from 'kafkajs';

/** The brokers to measure on, for all figures: those of WAYMARK_TEST_KAFKA_BROKERS (host:port, with commas), as for the suites, or one started for this. */
export const findKafka = () => (found ??= startedKafka());
let found;

const startedKafka = async () => {
  const named = process.env.WAYMARK_TEST_KAFKA_BROKERS;
  if (named) return { brokers: named.split(','), version: 'Kafka as named' };
  const answer = await available('kafka');
  if (!answer.available) return { absent: answer.why };
  const kafka = await startKafka();
  return { brokers: kafka.brokers, version: `Kafka ${kafka.version}`, stop: () => kafka.stop() };
};

export const plain = (brokers) => new kafkajs.Kafka({ brokers, clientId: 'bench', logLevel: kafkajs.logLevel.NOTHING });

/** Opens a bus on topics of its own, and removes them afterwards. */
export const withBus = async (brokers, contracts, work) => {
  const prefix = `bench-${randomUUID()}.`;
  const bus = await openKafkaBus({ brokers, clientId: 'bench', prefix, contracts });
  try {
    return await work({ bus, prefix });
  } finally {
    await bus.close();
    const admin = plain(brokers).admin();
    await admin.connect();
    await admin.deleteTopics({ topics: (await admin.listTopics()).filter((topic) => topic.startsWith(prefix)) });
    await admin.disconnect();
  }
};
