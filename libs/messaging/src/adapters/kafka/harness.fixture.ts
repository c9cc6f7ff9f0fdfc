import { connect, type Socket } from 'node:net';
import type { AnyContract, CaseId } from '@waymark/kernel';
import { Kafka, logLevel, type ISocketFactory } from 'kafkajs';
import type { Bus } from '../../bus.js';
import type { BusHarness } from '../../conformance/bus.suite.js';
import { deadLetterTopic } from '../../topics.js';
import { openKafkaBus, type KafkaBusOptions } from './bus.js';
import { partitionOfKey } from './partitioner.js';

/** Connections that can be lost all at once, as those of a process that is killed. */
export class DoomedConnections {
  private readonly open = new Set<Socket>();
  private lost = false;

  readonly connect: ISocketFactory = ({ host, port, onConnect }) => {
    const socket = connect({ host, port: this.lost ? 1 : port, noDelay: true }, onConnect);
    this.open.add(socket.once('close', () => this.open.delete(socket)));
    return socket;
  };

  lose(): void {
    this.lost = true;
    for (const socket of this.open) socket.destroy(new Error('the process is lost'));
  }
}

let made = 0;

/** Topics and groups of a test's own on brokers that it shares. */
export class KafkaHarness implements BusHarness {
  readonly prefix = `test-${process.pid}-${(made += 1)}.`;
  private readonly lost: Bus[] = [];
  private connections = new DoomedConnections();
  private bus: Bus | undefined;
  readonly raw: Kafka;

  constructor(
    private readonly brokers: readonly string[],
    private readonly opens: (options: KafkaBusOptions) => Promise<Bus> = openKafkaBus,
  ) {
    this.raw = new Kafka({ brokers: [...brokers], clientId: 'a-stranger', logLevel: logLevel.NOTHING });
  }

  async open(contracts: readonly AnyContract[], more: Partial<KafkaBusOptions> = {}): Promise<Bus> {
    this.connections = new DoomedConnections();
    const { brokers, prefix } = this;
    this.bus = await this.opens({ brokers, prefix, contracts, clientId: 'test', connect: this.connections.connect, ...more });
    return this.bus;
  }

  async afterCrash(contracts: readonly AnyContract[]): Promise<Bus> {
    this.connections.lose();
    if (this.bus) this.lost.push(this.bus);
    return this.open(contracts);
  }

  async putForeign(topic: string, key: CaseId, value: string): Promise<void> {
    const producer = this.raw.producer({ allowAutoTopicCreation: false });
    await producer.connect();
    await producer.send({ topic: this.prefix + topic, messages: [{ key, value, partition: partitionOfKey(key, 8) }] });
    await producer.disconnect();
  }

  async deadLetters(): Promise<readonly string[]> {
    const topic = this.prefix + deadLetterTopic;
    const admin = this.raw.admin();
    await admin.connect();
    let ends = await admin.fetchTopicOffsets(topic).catch(() => undefined);
    // A broker may hear a moment later than others that it leads a new partition.
    while (!ends) ends = await admin.fetchTopicOffsets(topic).catch(() => undefined);
    await admin.disconnect();
    const wanted = ends.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
    const values: string[] = [];
    const consumer = this.raw.consumer({ groupId: `${this.prefix}dead-letters-${(made += 1)}` });
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({ autoCommit: false, eachMessage: async ({ message }) => void values.push(message.value?.toString() ?? '') });
    while (values.length < wanted) await new Promise((resolve) => setTimeout(resolve, 10));
    await consumer.disconnect();
    return values;
  }

  /** Whether the brokers wait for the members of a group to join it anew. */
  async isBeingSharedOut(group: string): Promise<boolean> {
    const admin = this.raw.admin();
    await admin.connect();
    const { groups } = await admin.describeGroups([this.prefix + group]);
    await admin.disconnect();
    return groups[0]?.state === 'PreparingRebalance';
  }

  async cleanUp(): Promise<void> {
    await Promise.all(this.lost.map((bus) => bus.close()));
    const admin = this.raw.admin();
    await admin.connect();
    const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(this.prefix));
    await admin.deleteTopics({ topics });
    await admin.disconnect();
  }
}
