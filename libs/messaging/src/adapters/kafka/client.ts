import kafkajs, { type Kafka, type KafkaConfig, type LogEntry, type SASLOptions } from 'kafkajs';
import type { KafkaCredentials, Settings } from './options.js';
import { Sockets } from './sockets.js';

/** A client of its own connections, so that it can be given up without hurting another. */
export interface Client {
  readonly kafka: Kafka;
  readonly sockets: Sockets;
}

/** An answer that takes longer comes from nobody: the connection is half open or the broker hangs. */
export const requestTimeoutMs = 5_000;

export const clientOf = (settings: Settings, part: string): Client => {
  const sockets = new Sockets(settings.connect);
  const config: KafkaConfig = {
    brokers: [...settings.brokers],
    clientId: `${settings.clientId}-${part}`,
    connectionTimeout: 2_000,
    authenticationTimeout: requestTimeoutMs,
    requestTimeout: requestTimeoutMs,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 4 },
    socketFactory: sockets.factory,
    logLevel: kafkajs.logLevel.ERROR,
    logCreator: () => (entry) => worthTelling(entry) && settings.onError(`Kafka, ${part}: ${wordsOf(entry)}`),
    ...(settings.tls ? { ssl: settings.tls } : {}),
    ...(settings.sasl ? { sasl: saslOf(settings.sasl) } : {}),
  };
  return { kafka: new kafkajs.Kafka(config), sockets };
};

const saslOf = ({ username, password, mechanism = 'scram-sha-512' }: KafkaCredentials): SASLOptions => ({ mechanism, username, password });

/** What the client reports as errors in the course of an ordinary day: groups that are shared out, coordinators that are just starting. */
const ordinary = [
  /coordinator is (loading|not available|not aware)/i,
  /group is rebalancing|rebalance is in progress|needs? (to have )?a valid member id/i,
  /not (the|a) coordinator|generation id is not valid|specified group generation/i,
  /leadership election|not the leader|does not host this topic/i,
];

const worthTelling = ({ log }: LogEntry): boolean => !ordinary.some((each) => each.test(wordsOf({ log })));

/** The client's own words name brokers, requests and error codes; what else it hands over is left out. */
const wordsOf = ({ log }: Pick<LogEntry, 'log'>): string => {
  const error: unknown = log['error'];
  return typeof error === 'string' ? `${log.message}: ${error}` : log.message;
};
