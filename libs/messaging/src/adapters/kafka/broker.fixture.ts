import { available, startKafka, startToxiproxy, type Kafka, type KafkaOptions, type Toxiproxy } from '@waymark/engines';
import { Kafka as Client, logLevel } from 'kafkajs';
import type { Absent, RunningEngine } from '@waymark/testing';

export interface Brokers extends RunningEngine {
  readonly brokers: readonly string[];
}
/** Brokers that can be made to suffer. */
export interface BrokersAtMercy extends Brokers {
  readonly kafka: Kafka;
}

/** Those that WAYMARK_TEST_KAFKA_BROKERS names (host:port, with commas), or one started for this. */
export const findBrokers = async (): Promise<Brokers | Absent> => {
  const named = process.env['WAYMARK_TEST_KAFKA_BROKERS'];
  if (!named) return startBrokers();
  const brokers = named.split(',');
  const admin = new Client({ brokers, logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const { brokers: nodes } = await admin.describeCluster();
  await admin.disconnect();
  return { brokers, version: `Kafka as named, ${nodes.length} broker(s)` };
};

/** Brokers of a suite's own, behind a Toxiproxy where one is asked for. */
export const startBrokers = async (
  options: Omit<KafkaOptions, 'behind'> & { readonly linked?: boolean } = {},
): Promise<BrokersAtMercy | Absent> => {
  const { linked = false, ...rest } = options;
  const wanted = await Promise.all([available('kafka'), ...(linked ? [available('toxiproxy')] : [])]);
  const missing = wanted.find((answer) => !answer.available);
  if (missing && !missing.available) return { absent: missing.why };
  let toxiproxy: Toxiproxy | undefined;
  if (linked) toxiproxy = await startToxiproxy();
  const kafka = await startKafka({ ...rest, ...(toxiproxy ? { behind: toxiproxy } : {}) });
  const stop = async () => {
    await kafka.stop();
    await toxiproxy?.stop();
  };
  return { kafka, brokers: kafka.brokers, version: `Kafka ${kafka.version}, ${kafka.brokers.length} broker(s)`, stop };
};
