import { setTimeout as delay } from 'node:timers/promises';
import kafkajs, { type Admin, type ITopicConfig, type ITopicMetadata } from 'kafkajs';
import { BusUnusable } from '../../bus.js';
import { deadLetterTopic, progressTopic } from '../../topics.js';
import type { Settings } from './options.js';

interface Wanted {
  readonly topic: string;
  readonly partitions: number;
  readonly replication: number;
  readonly config: Readonly<Record<string, string>>;
}

/**
 * What every topic needs. Messages are kept for ever, since a group that is new learns the whole history; values stay uncompressed, whoever sends
 * them, since not every client can read every compression.
 */
const kept = { 'cleanup.policy': 'delete', 'retention.ms': '-1', 'retention.bytes': '-1', 'compression.type': 'uncompressed' };
/** Of each source the newest word; small segments, so that the older ones are soon gone. */
const newest = { 'cleanup.policy': 'compact', 'segment.bytes': '16777216', 'min.cleanable.dirty.ratio': '0.1' };

export const wantedTopics = ({ topics, prefix, partitions, replication }: Settings): readonly Wanted[] => {
  const safe = { 'min.insync.replicas': String(replication >= 3 ? 2 : 1) };
  return [
    ...[...topics, deadLetterTopic].map((topic) => ({ topic: prefix + topic, partitions, replication, config: { ...kept, ...safe } })),
    { topic: prefix + progressTopic, partitions: 1, replication, config: { ...newest, ...safe } },
  ];
};

/** Makes what is missing and looks at what is there. @throws BusUnusable naming the topic, what is wrong and what to do */
export const ensureTopics = async (admin: Admin, wanted: readonly Wanted[]): Promise<void> => {
  const existing = new Set(await admin.listTopics());
  const missing = wanted.filter(({ topic }) => !existing.has(topic));
  // Another process may make the same at the same time; whoever came first, what is there is looked at next.
  if (missing.length > 0) await admin.createTopics({ topics: missing.map(asCreated), waitForLeaders: false });
  checkPartitions(await lookAt(admin, wanted), wanted);
  for (const { topic } of missing) await untilLed(admin, topic);
  await checkConfig(admin, wanted);
};

const asCreated = ({ topic, partitions, replication, config }: Wanted): ITopicConfig => ({
  topic,
  numPartitions: partitions,
  replicationFactor: replication,
  configEntries: Object.entries(config).map(([name, value]) => ({ name, value })),
});

const looks = 50;
const betweenLooksMs = 100;

/** A broker may hear of a new topic, and of who leads it, a little later than it was made. */
const lookAt = async (admin: Admin, wanted: readonly Wanted[]): Promise<readonly ITopicMetadata[]> => {
  for (let look = 1; ; look += 1) {
    try {
      const { topics } = await admin.fetchTopicMetadata({ topics: wanted.map(({ topic }) => topic) });
      if (look >= looks || topics.every(({ partitions }) => partitions.every(({ leader }) => leader >= 0))) return topics;
    } catch (error) {
      if (look >= looks) throw error;
    }
    await delay(betweenLooksMs);
  }
};

/** A broker may be named as the leader before it knows that it is, and refuses until then what is published: the leaders themselves are asked. */
const untilLed = async (admin: Admin, topic: string): Promise<void> => {
  for (let look = 1; ; look += 1) {
    try {
      await admin.fetchTopicOffsets(topic);
      return;
    } catch (error) {
      if (look >= looks) throw error;
    }
    await delay(betweenLooksMs);
  }
};

const checkPartitions = (topics: readonly ITopicMetadata[], wanted: readonly Wanted[]): void => {
  for (const { topic, partitions, replication } of wanted) {
    const found = topics.find(({ name }) => name === topic)?.partitions ?? [];
    if (found.length !== partitions)
      throw new BusUnusable(
        `topic ${topic} has ${found.length} partitions, and this deployment is set to ${partitions}. Set it to ${found.length}, or drain every consumer and make the topic anew`,
      );
    const fewest = Math.min(...found.map(({ replicas }) => replicas.length));
    if (fewest < replication)
      throw new BusUnusable(
        `topic ${topic} is kept by ${fewest} brokers, and this deployment asks for ${replication}. Reassign its replicas, or set the replication to ${fewest}`,
      );
  }
};

const checkConfig = async (admin: Admin, wanted: readonly Wanted[]): Promise<void> => {
  const resources = wanted.map(({ topic, config }) => ({
    type: kafkajs.ConfigResourceTypes.TOPIC,
    name: topic,
    configNames: Object.keys(config),
  }));
  const { resources: found } = await admin.describeConfigs({ resources, includeSynonyms: false });
  for (const { topic, config } of wanted) {
    const entries = found.find(({ resourceName }) => resourceName === topic)?.configEntries ?? [];
    for (const [name, value] of Object.entries(config)) {
      const is = entries.find(({ configName }) => configName === name)?.configValue;
      if (is !== value)
        throw new BusUnusable(`topic ${topic} has ${name}=${is}, and needs ${value}. Alter the topic (kafka-configs --alter)`);
    }
  }
};
