import { Kafka, logLevel, type Admin } from 'kafkajs';

const ASK_LIMIT_MS = 2_000;

/**
 * Resolves when a broker has its place in the cluster and serves clients.
 * @throws when it does not
 */
export const askBroker = (address: string, id: number): Promise<void> =>
  asking([address], async (admin) => {
    const { brokers } = await admin.describeCluster();
    if (!brokers.some(({ nodeId }) => nodeId === id)) throw new Error(`broker ${id} has no place in the cluster yet`);
  });

/**
 * Resolves when groups are served: a new cluster makes the topic of their offsets when it is first asked for, which takes it seconds.
 * @throws when they are not
 */
export const askGroups = (addresses: readonly string[]): Promise<void> =>
  asking(addresses, async (admin) => {
    // The client has to know the brokers first.
    await admin.describeCluster();
    await admin.fetchOffsets({ groupId: 'waymark-probe' });
  });

const asking = async (brokers: readonly string[], ask: (admin: Admin) => Promise<void>): Promise<void> => {
  const kafka = new Kafka({
    brokers: [...brokers],
    logLevel: logLevel.NOTHING,
    connectionTimeout: ASK_LIMIT_MS,
    requestTimeout: ASK_LIMIT_MS,
    retry: { retries: 0 },
  });
  const admin = kafka.admin();
  try {
    await admin.connect();
    await ask(admin);
  } finally {
    await admin.disconnect();
  }
};

/** The protocol has no word for it, but every broker writes it down as it starts. */
export const versionIn = (logs: readonly string[]): string =>
  logs.map((log) => /Kafka version: (\S+)/.exec(log)?.[1]).find((version) => version !== undefined) ?? 'unknown';
