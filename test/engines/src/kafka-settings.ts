import { at } from './engine.js';
import type { Address } from './engine.js';

export const OUTSIDE_PORT = 9092;
export const CLUSTER_PORT = 9093;
export const PROXIED_PORT = 9094;
const CONTROLLER_PORT = 9095;

const CLUSTER_ID = 'V2F5bWFya0VuZ2luZXMwMQ';
const DATA = '/tmp/kafka-data';

/** A broker of the cluster: `name` is its container's, and the addresses are what it tells its clients. */
export interface Member {
  readonly id: number;
  readonly name: string;
  readonly outside: Address;
  readonly proxied?: Address;
}

const listenersOf = (proxied: boolean) => [
  `OUTSIDE://0.0.0.0:${OUTSIDE_PORT}`,
  `CLUSTER://0.0.0.0:${CLUSTER_PORT}`,
  ...(proxied ? [`PROXIED://0.0.0.0:${PROXIED_PORT}`] : []),
  `CONTROLLER://0.0.0.0:${CONTROLLER_PORT}`,
];

const advertisedBy = ({ name, outside, proxied }: Member) => [
  `OUTSIDE://${at(outside)}`,
  `CLUSTER://${name}:${CLUSTER_PORT}`,
  ...(proxied ? [`PROXIED://${at(proxied)}`] : []),
];

/** Copies and acknowledgements: all of one, or two of three. */
const replication = (brokers: number): Record<string, string> => {
  const copies = String(brokers);
  const inSync = String(Math.min(2, brokers));
  return {
    'default.replication.factor': copies,
    'min.insync.replicas': inSync,
    'offsets.topic.replication.factor': copies,
    'transaction.state.log.replication.factor': copies,
    'transaction.state.log.min.isr': inSync,
    'share.coordinator.state.topic.replication.factor': copies,
    'share.coordinator.state.topic.min.isr': inSync,
  };
};

const settingsOf = (member: Member, members: readonly Member[]): Record<string, string> => ({
  'node.id': String(member.id),
  'process.roles': 'broker,controller',
  'controller.quorum.voters': members.map(({ id, name }) => `${id}@${name}:${CONTROLLER_PORT}`).join(','),
  'controller.listener.names': 'CONTROLLER',
  'inter.broker.listener.name': 'CLUSTER',
  listeners: listenersOf(member.proxied !== undefined).join(','),
  'advertised.listeners': advertisedBy(member).join(','),
  'listener.security.protocol.map': 'OUTSIDE:PLAINTEXT,CLUSTER:PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT',
  'log.dirs': DATA,
  'auto.create.topics.enable': 'false',
  'offsets.topic.num.partitions': '8',
  'group.initial.rebalance.delay.ms': '0',
  // A killed broker may come back only once the cluster has given it up.
  'broker.session.timeout.ms': '5000',
  ...replication(members.length),
});

/** The images take a setting as a variable: `message.max.bytes` is KAFKA_MESSAGE_MAX_BYTES. */
const variableOf = (setting: string): string =>
  `KAFKA_${setting.replaceAll('_', '__').replaceAll('-', '___').replaceAll('.', '_').toUpperCase()}`;

export const environmentOf = (
  member: Member,
  members: readonly Member[],
  settings: Readonly<Record<string, string>>,
): Record<string, string> => ({
  CLUSTER_ID,
  KAFKA_HEAP_OPTS: '-Xms256m -Xmx400m',
  ...Object.fromEntries(Object.entries({ ...settingsOf(member, members), ...settings }).map(([key, value]) => [variableOf(key), value])),
});
