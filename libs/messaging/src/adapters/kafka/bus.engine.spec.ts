import { CaseId, defineContract, derivedId, Uuid } from '@waymark/kernel';
import { engineSuite } from '@waymark/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BusUnavailable, BusUnusable, type Bus, type Delivery, type Message } from '../../bus.js';
import { openKafkaBus, type KafkaBusOptions } from './bus.js';
import { findBrokers } from './broker.fixture.js';
import { DoomedConnections, KafkaHarness } from './harness.fixture.js';

const opened = defineContract('earlyhelp.planning.episode-opened.v1', { episodeId: Uuid });
const { topic } = opened;
let sent = 0;
const message = (key = 'a'): Message => ({
  ...{ id: derivedId('message', String((sent += 1))), type: opened.type, source: '/services/planning', time: '2026-03-02T09:15:00.000Z' },
  ...{ key: CaseId.parse(derivedId('case', key)), position: String(sent).padStart(16, '0'), correlationId: derivedId('correlation') },
  data: { episodeId: derivedId('episode') },
});
const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
};
const msOf = async (work: Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await work;
  return performance.now() - from;
};

await engineSuite('Kafka', findBrokers, ({ brokers }) => {
  describe('the bus on Kafka', () => {
    let at: KafkaHarness;
    let bus: Bus;
    let others: Bus[];
    const another = async (more: Partial<KafkaBusOptions> = {}) => {
      const one = await openKafkaBus({ brokers, prefix: at.prefix, clientId: 'another', contracts: [opened], ...more });
      others.push(one);
      return one;
    };
    beforeEach(async () => {
      others = [];
      at = new KafkaHarness(brokers);
      bus = await at.open([opened]);
    });
    afterEach(async () => {
      await Promise.all([bus, ...others].map((each) => each.close()));
      await at.cleanUp();
    });

    it.each<[string, Partial<KafkaBusOptions>, RegExp]>([
      ['more partitions than a topic has', { partitions: 12 }, /has 8 partitions.*set to 12/],
      ['more brokers to keep a topic than do', { replication: 3 }, /is kept by 1 brokers.*asks for 3/],
    ])('refuses to go on with %s, and says what to do', async (_, more, why) => {
      await expect(another(more)).rejects.toThrow(BusUnusable);
      const refused = await another(more).catch((error: Error) => error.message);
      expect(refused).toMatch(why);
    });

    it('refuses a topic whose messages are not kept', async () => {
      const admin = at.raw.admin();
      await admin.connect();
      const configEntries = [{ name: 'retention.ms', value: '604800000' }];
      await admin.alterConfigs({ validateOnly: false, resources: [{ type: 2, name: at.prefix + topic, configEntries }] });
      // A broker knows of it a moment after it was agreed to.
      const resources = [{ type: 2, name: at.prefix + topic, configNames: ['retention.ms'] }];
      const known = async () =>
        (await admin.describeConfigs({ includeSynonyms: false, resources })).resources[0]?.configEntries[0]?.configValue;
      while ((await known()) !== '604800000') await new Promise((resolve) => setTimeout(resolve, 50));
      await admin.disconnect();
      await expect(another()).rejects.toThrow(/retention\.ms=604800000, and needs -1/);
    });

    it('says which brokers do not answer', async () => {
      const opening = openKafkaBus({ brokers: ['127.0.0.1:1'], clientId: 'test', contracts: [] });
      await expect(opening).rejects.toThrow(BusUnavailable);
      await expect(opening).rejects.toThrow('127.0.0.1:1');
    });

    it('writes structured CloudEvents under the key of the case', async () => {
      const published = message();
      await bus.publish(topic, [published]);
      const consumer = at.raw.consumer({ groupId: `${at.prefix}stranger` });
      const found = new Promise<{ key: string; type: string; value: string }>((resolve) => {
        const eachMessage = async ({ message: { key, value, headers } }: any) =>
          resolve({ key: String(key), type: String(headers['content-type']), value: String(value) });
        void consumer
          .connect()
          .then(() => consumer.subscribe({ topics: [at.prefix + topic], fromBeginning: true }))
          .then(() => consumer.run({ eachMessage }));
      });
      const { key, type, value } = await found;
      await consumer.disconnect();
      expect(key).toBe(published.key);
      expect(type).toMatch(/^application\/cloudevents\+json/);
      expect(JSON.parse(value)).toMatchObject({ specversion: '1.0', id: published.id, partitionkey: published.key });
    });

    it('lets every process know how far a relay has come, also one that starts later', async () => {
      const early = await another();
      const ends = await bus.endOffsets([topic]);
      await bus.publishProgress('/services/planning', '0000000000000007', ends);
      await until(() => early.progressOf('/services/planning') === '0000000000000007');
      const late = await another();
      await until(() => late.progressOf('/services/planning') === '0000000000000007');
      for (const each of [bus, early, late]) expect(each.endOffsetsOf('/services/planning', [topic])).toEqual(ends);
    });

    it('says that it is unavailable, within its time, when nobody answers, and ends within seconds', async () => {
      const connections = new DoomedConnections();
      const cut = await another({ connect: connections.connect, publishTimeoutMs: 1_500 });
      const controller = new AbortController();
      const consuming = cut.consume({ group: 'one', topics: [topic] }, async () => undefined, controller.signal);
      await cut.publish(topic, [message()]);
      await until(async () => (await cut.lag('one')) === 0);
      connections.lose();
      expect(await msOf(expect(cut.publish(topic, [message()])).rejects.toThrow(BusUnavailable))).toBeLessThan(3_000);
      controller.abort();
      expect(await msOf(consuming.catch(() => undefined))).toBeLessThan(6_000);
      expect(await msOf(cut.close())).toBeLessThan(6_000);
    });

    it('counts what a group has not taken before it has committed anything', async () => {
      const controller = new AbortController();
      let stuck = 0;
      const handler = async () => {
        stuck += 1;
        throw new Error('not yet');
      };
      const consuming = bus.consume({ group: 'new', topics: [topic] }, handler, controller.signal);
      await bus.publish(topic, [message('a'), message('b'), message('c')]);
      await until(() => stuck > 0);
      expect(await bus.lag('new')).toBe(3);
      controller.abort();
      await consuming;
    });

    it('does not lose its partitions to another while a handler takes longer than a session', async () => {
      const taken: string[] = [];
      const controller = new AbortController();
      const slow = bus.consume(
        { group: 'one', topics: [topic] },
        async (batch) => {
          taken.push(...batch.map(() => 'begun'));
          await new Promise((resolve) => setTimeout(resolve, 9_000));
          taken.push(...batch.map(() => 'done'));
        },
        controller.signal,
      );
      await bus.publish(topic, [message()]);
      await until(() => taken.length > 0);
      const quick = (await another()).consume({ group: 'one', topics: [topic] }, async () => void taken.push('other'), controller.signal);
      await until(async () => (await bus.lag('one')) === 0);
      expect(taken).toEqual(['begun', 'done']);
      controller.abort();
      await Promise.all([slow, quick]);
    });

    describe('with a backlog in every partition', () => {
      const each = 1_500;
      /** So many batches have room at once, as the brokers give them. */
      const atOnce = 2;
      beforeEach(async () => {
        const keys = new Map<number, string>();
        for (let n = 0; keys.size < 8; n += 1) keys.set(bus.partitionOf(message(String(n)).key), String(n));
        for (const key of keys.values()) {
          const [first, ...rest] = Array.from({ length: each }, () => message(key));
          await bus.publish(topic, [first!, ...rest]);
        }
      });

      it('has no more at hand than has room', async () => {
        const controller = new AbortController();
        let [atHand, most, taken] = [0, 0, 0];
        const handler = async ({ length }: readonly unknown[]) => {
          most = Math.max(most, (atHand += length));
          await new Promise((resolve) => setTimeout(resolve, 200));
          atHand -= length;
          taken += length;
        };
        const consuming = bus.consume({ group: 'one', topics: [topic] }, handler, controller.signal);
        await until(() => taken >= 8 * each);
        expect(most).toBeLessThanOrEqual(4_000);
        controller.abort();
        await consuming;
      });

      it('leaves what waited for room to whoever owns the partition by then', async () => {
        const controller = new AbortController();
        const seen: string[] = [];
        const keys: string[] = [];
        let release: () => void = () => undefined;
        const held = new Promise<void>((resolve) => (release = resolve));
        const slow = bus.consume(
          { group: 'one', topics: [topic], assigned: async () => void seen.push('assigned') },
          async (batch) => {
            seen.push('batch');
            await held;
            keys.push(...batch.map(({ message: { id } }) => id));
          },
          controller.signal,
        );
        await until(() => seen.length > atOnce);
        const take = async (batch: readonly Delivery[]) => void keys.push(...batch.map(({ message: { id } }) => id));
        const quick = (await another()).consume({ group: 'one', topics: [topic] }, take, controller.signal);
        await until(() => at.isBeingSharedOut('one'));
        // It hears of that with its next sign of life, an eighth of a session later.
        await new Promise((resolve) => setTimeout(resolve, 2_000));
        release();
        await until(async () => (await bus.lag('one')) === 0);
        expect(seen.slice(0, atOnce + 2)).toEqual(['assigned', 'batch', 'batch', 'assigned']);
        expect([keys.length, new Set(keys).size]).toEqual([8 * each, 8 * each]);
        controller.abort();
        await Promise.all([slow, quick]);
      });
    });
  });
});
