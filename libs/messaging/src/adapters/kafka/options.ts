import type { ConnectionOptions } from 'node:tls';
import type { AnyContract } from '@waymark/kernel';
import type { ISocketFactory } from 'kafkajs';

export interface KafkaBusOptions {
  /** `host:port` of some brokers; they name the rest. */
  readonly brokers: readonly string[];
  /** How this process is called in the brokers' logs; no name of a person. */
  readonly clientId: string;
  readonly contracts: readonly AnyContract[];
  /** Of every topic but that of progress, for ever: another number moves keys between partitions. 8 by default. */
  readonly partitions?: number;
  /** How many brokers keep each message; 1 by default. With 3, two have to have it before it counts as published. */
  readonly replication?: number;
  /** Stands before every topic and group, so that several deployments can share a cluster. */
  readonly prefix?: string;
  /** Topics to make where they are missing, beside those of dead letters and progress; those of the contracts by default. */
  readonly topics?: readonly string[];
  readonly tls?: boolean | ConnectionOptions;
  readonly sasl?: KafkaCredentials;
  /** How long a message may take until it counts as not published, in milliseconds; 10,000 by default. */
  readonly publishTimeoutMs?: number;
  /** A member that was not heard of for so long has lost its partitions; 6,000 by default, which is the least that brokers accept. */
  readonly sessionTimeoutMs?: number;
  /** How long the others wait for a member's handler when the group is shared out anew; 60,000 by default. */
  readonly rebalanceTimeoutMs?: number;
  /** Told what goes wrong, in words without personal data. Nothing of it needs an answer: what can be tried again is. */
  readonly onError?: (what: string) => void;
  /** Makes the connections, for who cuts them. */
  readonly connect?: ISocketFactory;
}

export interface KafkaCredentials {
  readonly username: string;
  readonly password: string;
  /** SCRAM-SHA-512 by default. */
  readonly mechanism?: 'plain' | 'scram-sha-256' | 'scram-sha-512';
}

export const withDefaults = (options: KafkaBusOptions) => ({
  partitions: 8,
  replication: 1,
  prefix: '',
  topics: [...new Set(options.contracts.map(({ topic }) => topic))],
  publishTimeoutMs: 10_000,
  sessionTimeoutMs: 6_000,
  rebalanceTimeoutMs: 60_000,
  onError: () => undefined,
  ...options,
});

export type Settings = ReturnType<typeof withDefaults>;
