import { imageOf } from './available.js';
import { containerName } from './container.js';
import { announce, at, onPort, startNode } from './engine.js';
import type { Address, Engine, Faults, Node } from './engine.js';
import { askBroker, askGroups, versionIn } from './kafka-probe.js';
import { CLUSTER_PORT, OUTSIDE_PORT, PROXIED_PORT, environmentOf } from './kafka-settings.js';
import type { Member } from './kafka-settings.js';
import type { Link } from './link.js';
import { freePort } from './ports.js';
import { untilAnswered } from './probe.js';
import type { Toxiproxy } from './toxiproxy.js';

export interface KafkaOptions {
  /** With three, topics are replicated to all, and two have to have written a message before it counts. Default 1. */
  readonly brokers?: 1 | 3;
  /** Settings of every broker, by their own names (`message.max.bytes`). */
  readonly settings?: Readonly<Record<string, string>>;
  /** Puts a link of this Toxiproxy before each broker: clients of `brokers` then go through the links. */
  readonly behind?: Toxiproxy;
}

/** One broker, which can suffer alone. */
export interface Broker extends Node {
  readonly id: number;
  readonly address: string;
  readonly link?: Link;
}

export interface Kafka extends Engine {
  /** host:port of each broker, as clients take them. */
  readonly brokers: readonly string[];
  /** Past the links, where there are some. */
  readonly direct: readonly string[];
  /** As others on the shared network reach them. */
  readonly inside: readonly Address[];
  readonly nodes: readonly Broker[];
}

const GROUPS_LIMIT_MS = 30_000;

interface Seat extends Member {
  readonly outside: Address;
  readonly reserved?: ReturnType<Toxiproxy['reserve']>;
}

const seats = (count: number, behind?: Toxiproxy): Promise<Seat[]> =>
  Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const reserved = behind?.reserve();
      const seat = { id: index + 1, name: containerName('kafka'), outside: onPort(await freePort()) };
      return reserved ? { ...seat, reserved, proxied: reserved.address } : seat;
    }),
  );

const startBroker = async (image: string, seat: Seat, members: readonly Seat[], settings: Record<string, string>): Promise<Broker> => {
  const { id, name, outside, reserved } = seat;
  const environment = environmentOf(seat, members, settings);
  // The link is there first: the broker sends its clients to it.
  const link = await reserved?.wire({ host: name, port: PROXIED_PORT });
  const spec = { engine: 'kafka' as const, image, name, ports: new Map([[OUTSIDE_PORT, outside.port]]), environment, memoryGb: 1 };
  const { node } = await startNode(spec, () => askBroker(at(outside), id));
  return { ...node, id, address: at(link ?? outside), ...(link ? { link } : {}) };
};

const together = (nodes: readonly Faults[]): Faults => {
  const all = (what: keyof Faults) => async () => void (await Promise.all(nodes.map((node) => node[what]())));
  return {
    kill: all('kill'),
    restart: all('restart'),
    pause: all('pause'),
    unpause: all('unpause'),
    cutOff: all('cutOff'),
    reconnect: all('reconnect'),
    stop: all('stop'),
  };
};

/** Starts a cluster of brokers that are their own controllers. */
export const startKafka = async ({ brokers = 1, settings = {}, behind }: KafkaOptions = {}): Promise<Kafka> => {
  const image = await imageOf('kafka');
  const members = await seats(brokers, behind);
  const started = await Promise.allSettled(members.map((seat) => startBroker(image, seat, members, { ...settings })));
  const nodes = started.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const failed = started.find((outcome) => outcome.status === 'rejected');
  if (failed) {
    await together(nodes).stop();
    throw failed.reason;
  }
  const direct = members.map(({ outside }) => at(outside));
  await untilAnswered('Kafka, asked for a group,', () => askGroups(direct), GROUPS_LIMIT_MS);
  const logs = async () => (await Promise.all(nodes.map((node) => node.logs()))).join('\n');
  const addresses = nodes.map(({ address }) => address);
  return announce(
    {
      ...together(nodes),
      name: 'kafka',
      image,
      version: versionIn(await Promise.all(nodes.map((node) => node.logs()))),
      brokers: addresses,
      direct,
      inside: members.map(({ name }) => ({ host: name, port: CLUSTER_PORT })),
      nodes,
      logs,
    },
    addresses.join(', '),
  );
};
