import { Kafka, logLevel } from 'kafkajs';

const ASK_LIMIT_MS = 2_000;

/**
 * Resolves when a broker has its place in the cluster and serves clients.
 * @throws when it does not
 */
export const askBroker = async (address: string, id: number): Promise<void> => {
  const kafka = new Kafka({
    brokers: [address],
    logLevel: logLevel.NOTHING,
    connectionTimeout: ASK_LIMIT_MS,
    requestTimeout: ASK_LIMIT_MS,
    retry: { retries: 0 },
  });
  const admin = kafka.admin();
  try {
    await admin.connect();
    const { brokers } = await admin.describeCluster();
    if (!brokers.some(({ nodeId }) => nodeId === id)) throw new Error(`broker ${id} has no place in the cluster yet`);
  } finally {
    await admin.disconnect();
  }
};

/** The protocol has no word for it, but every broker writes it down as it starts. */
export const versionIn = (logs: readonly string[]): string =>
  logs.map((log) => /Kafka version: (\S+)/.exec(log)?.[1]).find((version) => version !== undefined) ?? 'unknown';
