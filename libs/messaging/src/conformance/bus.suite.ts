import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CaseId, defineContract, derivedId, handle, Uuid, type AnyContract, type NonEmpty } from '@waymark/kernel';
import {
  BusUnavailable,
  NotAContract,
  type Bus,
  type DeadLetterReference,
  type Delivery,
  type Message,
  type Refusal,
  type Subscription,
} from '../bus.js';
import { hasTaken } from '../standing.js';

export interface BusHarness {
  open(contracts: readonly AnyContract[]): Promise<Bus>;
  /** What a process that comes up after this one was lost finds. */
  afterCrash(contracts: readonly AnyContract[]): Promise<Bus>;
  /** Puts a value on a topic past the bus, as a stranger does, in the partition of the case. */
  putForeign(topic: string, key: CaseId, value: string): Promise<void>;
  /** The values on the topic of dead letters. */
  deadLetters(): Promise<readonly string[]>;
  cleanUp(): Promise<void>;
}

const opened = defineContract('earlyhelp.planning.episode-opened.v1', { episodeId: Uuid, reason: handle().optional() });
const ended = defineContract('earlyhelp.planning.episode-ended.v1', { episodeId: Uuid });
const received = defineContract('earlyhelp.referral.contact-received.v1', { contactId: Uuid });
const topic = opened.topic;
const caseOf = (name: string) => CaseId.parse(derivedId('case', name));

let sent = 0;
const message = (
  key: string,
  data: Record<string, unknown> = { episodeId: derivedId('episode') },
  type: string = opened.type,
): Message => ({
  id: derivedId('message', String((sent += 1))),
  type,
  source: '/services/planning',
  time: '2026-03-02T09:15:00.000Z',
  key: caseOf(key),
  position: String(sent).padStart(16, '0'),
  correlationId: derivedId('correlation'),
  data,
});

/** Resolves as soon as the condition holds; the test's own time limit is the other end. */
const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 2));
};

/** What every bus does, whatever is beneath. */
export const busSuite = (name: string, harness: () => Promise<BusHarness>): void => {
  describe(`bus on ${name}`, () => {
    let at: BusHarness;
    let bus: Bus;
    let stops: { controller: AbortController; done: Promise<void> }[];
    /** Of a handler that does not come back: its process is lost meanwhile. */
    let bury: () => void;
    let lost: Promise<void>;

    const consume = (
      group: string,
      handler: (batch: NonEmpty<Delivery>) => Promise<void>,
      on: Bus = bus,
      more: Partial<Subscription> = {},
    ) => {
      const controller = new AbortController();
      const done = on.consume({ group, topics: [topic], ...more }, handler, controller.signal);
      done.catch(() => undefined);
      const member = { controller, done, stop: () => (controller.abort(), done) };
      stops.push(member);
      return member;
    };
    const collect = (group: string, on: Bus = bus) => {
      const got: Message[] = [];
      const member = consume(group, async (batch) => void got.push(...batch.map((delivery) => delivery.message)), on);
      return { got, ...member };
    };
    const idsOf = (messages: readonly Message[]) => messages.map(({ id }) => id);

    beforeEach(async () => {
      stops = [];
      lost = new Promise((resolve) => (bury = resolve));
      at = await harness();
      bus = await at.open([opened, ended, received]);
    });
    afterEach(async () => {
      bury();
      for (const { controller, done } of stops) {
        controller.abort();
        await done.catch(() => undefined);
      }
      await bus.close();
      await at.cleanUp();
    });

    it('delivers what was published, whole and as a copy, to every group', async () => {
      const published = message('a', { episodeId: derivedId('e'), reason: 'a-reason' });
      const [one, two] = [collect('one'), collect('two')];
      await bus.publish(topic, [published]);
      await until(() => one.got.length === 1 && two.got.length === 1);
      expect(one.got[0]).toEqual(published);
      (one.got[0]?.data as { reason: string }).reason = 'changed';
      expect(two.got[0]).toEqual(published);
      expect((published.data as { reason: string }).reason).toBe('a-reason');
    });

    it('does not let a publisher change what it has published', async () => {
      const data = { episodeId: derivedId('e'), reason: 'before' };
      await bus.publish(topic, [message('a', data)]);
      data.reason = 'after';
      const { got } = collect('one');
      await until(() => got.length === 1);
      expect(got[0]?.data).toMatchObject({ reason: 'before' });
    });

    it.each<[string, () => Message, string]>([
      ['a type that nobody declared', () => message('a', {}, 'earlyhelp.planning.unheard-of.v1'), topic],
      ['data of the wrong shape', () => message('a', { episodeId: 'no id' }), topic],
      ['a field that the contract does not have', () => message('a', { episodeId: derivedId('e'), childName: 'x' }), topic],
      ['a contract on the topic of another service', () => message('a'), 'earlyhelp.referral.events.v1'],
      ['a key that is no case', () => ({ ...message('a'), key: 'nobody' as Message['key'] }), topic],
    ])('refuses %s, and nothing of that batch travels', async (_, wrong, where) => {
      await expect(bus.publish(where, [message('a'), wrong()])).rejects.toThrow(NotAContract);
      const good = message('b');
      await bus.publish(topic, [good]);
      const { got } = collect('one');
      await until(async () => (await bus.lag('one')) === 0);
      expect(idsOf(got)).toEqual([good.id]);
    });

    it('says what was refused without telling any value', async () => {
      const refused = await bus
        .publish(topic, [message('a', { episodeId: derivedId('e'), reason: 'Jane Doe!' })])
        .catch((error: Error) => error);
      expect(String(refused)).toMatch(/episode-opened\.v1: reason is not as the contract has it/);
      expect(String(refused)).not.toContain('Jane');
    });

    it('delivers a type that the consumer does not know', async () => {
      const published = message('a', { episodeId: derivedId('e') }, ended.type);
      await bus.publish(topic, [published]);
      await bus.close();
      bus = await at.afterCrash([opened]);
      const { got } = collect('one');
      await until(() => got.length === 1);
      expect(got).toEqual([published]);
    });

    it('delivers the same messages again after its handler failed, and keeps what comes behind them waiting', async () => {
      const [first, second] = [message('a'), message('a')];
      let failures = 3;
      const got: string[] = [];
      await bus.publish(topic, [first]);
      consume('one', async (batch) => {
        got.push(...idsOf(batch.map((delivery) => delivery.message)));
        if (failures-- > 0) throw new Error('not yet');
      });
      await bus.publish(topic, [second]);
      await until(async () => (await bus.lag('one')) === 0);
      expect(got.filter((id) => id === first.id)).toHaveLength(4);
      expect(got.indexOf(second.id)).toBeGreaterThan(got.indexOf(first.id));
    });

    it('goes on with other partitions while one fails', async () => {
      await bus.publish(topic, ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => message(key)) as unknown as NonEmpty<Message>);
      const got = new Set<string>();
      consume('one', async (batch) => {
        if (batch[0].message.key === caseOf('a')) throw new Error('stuck');
        for (const { message: each } of batch) got.add(each.key);
      });
      await until(() => got.size >= 3);
      expect(await bus.lag('one')).toBeGreaterThan(0);
    });

    it('delivers again, after a crash, what was not committed, and not what was', async () => {
      const [first, second] = [message('a'), message('a')];
      await bus.publish(topic, [first]);
      const before = collect('one');
      await until(async () => (await bus.lag('one')) === 0);
      await before.stop();
      let reached = 0;
      consume('one', async () => {
        reached += 1;
        await lost;
      });
      await bus.publish(topic, [second]);
      await until(() => reached === 1);
      stops = [];
      bus = await at.afterCrash([opened, ended, received]);
      const after = collect('one');
      await until(async () => (await bus.lag('one')) === 0);
      expect(idsOf(after.got)).toEqual([second.id]);
    });

    it('keeps an offset for each group; a new group begins at the beginning', async () => {
      const sentSoFar = [message('a'), message('a'), message('a')] as const;
      const one = collect('one');
      await bus.publish(topic, sentSoFar);
      await until(() => one.got.length === 3);
      await one.stop();
      const two = collect('two');
      await until(() => two.got.length === 3);
      expect(idsOf(two.got)).toEqual(idsOf(sentSoFar));
      expect([await bus.lag('one'), await bus.lag('two')]).toEqual([0, 0]);
      await bus.publish(topic, [message('b'), message('c')]);
      expect(await bus.lag('one')).toBe(2);
      await until(async () => (await bus.lag('two')) === 0);
      expect(await bus.lag('one')).toBe(2);
    });

    it('tells how far a group stands, so that what was there then is told from what came since', async () => {
      const one = collect('one');
      await bus.publish(topic, [message('a'), message('b')]);
      await until(async () => (await bus.lag('one')) === 0);
      await one.stop();
      await bus.publish(topic, [message('a')]);
      const then = await bus.standing('one');
      await bus.publish(topic, [message('a'), message('b')]);
      expect([...then.values()].reduce((sum, { next, end }) => sum + end - next, 0)).toBe(1);
      expect(hasTaken(then, await bus.taken('one'))).toBe(false);
      const again = collect('one');
      await until(async () => hasTaken(then, await bus.taken('one')));
      expect(again.got.length).toBeGreaterThan(0);
      await until(async () => (await bus.lag('one')) === 0);
    });

    it('keeps the order of each key however many publish, one handler at a time per key', async () => {
      const keys = ['a', 'b', 'c', 'd', 'e'];
      const atWork = new Set<string>();
      const got = new Map<string, number[]>();
      consume('one', async (batch) => {
        const inBatch = new Set(batch.map(({ message: { key } }) => key));
        for (const key of inBatch) expect(atWork.has(key)).toBe(false);
        for (const key of inBatch) atWork.add(key);
        await new Promise((resolve) => setImmediate(resolve));
        for (const { message: each } of batch) got.set(each.key, [...(got.get(each.key) ?? []), Number(each.position)]);
        for (const key of inBatch) atWork.delete(key);
      });
      await Promise.all(
        keys.map(async (key) => {
          for (let i = 0; i < 40; i += 1) await bus.publish(topic, [message(key), message(key)]);
        }),
      );
      await until(async () => (await bus.lag('one')) === 0);
      for (const key of keys) {
        const positions = got.get(caseOf(key)) ?? [];
        expect(positions).toHaveLength(80);
        expect(positions).toEqual([...positions].sort((x, y) => x - y));
      }
    });

    it('shares the keys among the members of a group, and gives them to those that stay', async () => {
      const keys = Array.from({ length: 40 }, (_, i) => `key ${i}`);
      const [one, two] = [collect('shared'), collect('shared')];
      const published: Message[] = [];
      const publishAll = async () => {
        const round = keys.map((key) => message(key));
        published.push(...round);
        await bus.publish(topic, round as unknown as NonEmpty<Message>);
        await until(async () => (await bus.lag('shared')) === 0);
      };
      // The second may join while the first is at work already.
      while (one.got.length === 0 || two.got.length === 0) await publishAll();
      const before = [one.got.length, two.got.length] as const;
      await publishAll();
      expect([...idsOf(one.got), ...idsOf(two.got)].sort()).toEqual(idsOf(published).sort());
      const keysOf = ({ got }: { got: Message[] }, from: number) => new Set(got.slice(from).map(({ key }) => key));
      expect([...keysOf(one, before[0])].filter((key) => keysOf(two, before[1]).has(key))).toEqual([]);
      await one.stop();
      const stayed = two.got.length;
      await publishAll();
      expect(two.got.length - stayed).toBe(keys.length);
    });

    it('hands a partition over only when the handler at work on it is done', async () => {
      let release = (): void => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      const order: string[] = [];
      const keys = Array.from({ length: 16 }, (_, i) => `key ${i}`);
      // Before the first consumes, so that it finds every partition with something to do.
      await bus.publish(topic, keys.map((key) => message(key)) as unknown as NonEmpty<Message>);
      consume('shared', async (batch) => {
        order.push(...batch.map(({ message: { key } }) => `first ${key}`));
        await held;
        order.push(...batch.map(({ message: { key } }) => `done ${key}`));
      });
      await until(() => order.length === keys.length);
      consume('shared', async (batch) => void order.push(...batch.map(({ message: { key } }) => `second ${key}`)));
      await bus.publish(topic, keys.map((key) => message(key)) as unknown as NonEmpty<Message>);
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(order.some((entry) => entry.startsWith('second'))).toBe(false);
      release();
      const second = () => order.filter((entry) => entry.startsWith('second'));
      while (second().length === 0) {
        await bus.publish(topic, keys.map((key) => message(key)) as unknown as NonEmpty<Message>);
        await until(async () => (await bus.lag('shared')) === 0);
      }
      for (const entry of second()) expect(order.indexOf(entry.replace('second', 'done'))).toBeLessThan(order.indexOf(entry));
    });

    it('ends by its signal after the handler at work, which counts', async () => {
      let release = (): void => undefined;
      let reached = false;
      const member = consume('one', () => {
        reached = true;
        return new Promise<void>((resolve) => (release = resolve));
      });
      await bus.publish(topic, [message('a')]);
      await until(() => reached);
      member.controller.abort();
      release();
      await member.done;
      expect(await bus.lag('one')).toBe(0);
      await bus.publish(topic, [message('a')]);
      expect(await bus.lag('one')).toBe(1);
    });

    it('gives the keys of one partition to one handler at a time, whichever topic brings them', async () => {
      const samePartition = Array.from({ length: 200 }, (_, i) => `key ${i}`).filter(
        (key) => bus.partitionOf(caseOf(key)) === bus.partitionOf(caseOf('key 0')),
      );
      expect(samePartition.length).toBeGreaterThan(5);
      let atWork = 0;
      let most = 0;
      const got: Delivery[] = [];
      const handler = async (batch: NonEmpty<Delivery>) => {
        most = Math.max(most, (atWork += 1));
        await new Promise((resolve) => setTimeout(resolve, 5));
        got.push(...batch);
        expect(new Set(batch.map(({ message: { key } }) => bus.partitionOf(key))).size).toBe(1);
        atWork -= 1;
      };
      consume('one', handler, bus, { topics: [topic, received.topic] });
      for (const key of samePartition) {
        await bus.publish(topic, [message(key)]);
        await bus.publish(received.topic, [
          { ...message(key, { contactId: derivedId('c') }, received.type), source: '/services/referral' },
        ]);
      }
      await until(() => got.length === 2 * samePartition.length);
      expect(most).toBe(1);
    });

    it('tells a member of what it owns before it delivers anything of it, and again when the group is shared out anew', async () => {
      const order: string[] = [];
      let failures = 2;
      consume('one', async () => void order.push('delivered'), bus, {
        assigned: async () => {
          order.push('told');
          if (failures-- > 0) throw new Error('not yet');
        },
      });
      await bus.publish(topic, [message('a')]);
      await until(() => order.includes('delivered'));
      const first = order.indexOf('delivered');
      expect(first).toBeGreaterThanOrEqual(3);
      const before = order.filter((entry) => entry === 'told').length;
      const second = collect('one');
      const keys = Array.from({ length: 40 }, (_, i) => `key ${i}`);
      while (order.filter((entry) => entry === 'told').length === before) {
        await bus.publish(topic, keys.map((key) => message(key)) as unknown as NonEmpty<Message>);
        await until(async () => (await bus.lag('one')) === 0);
      }
      await second.stop();
    });

    it.each([
      ['no JSON', 'Jane Doe, 4 March', /not JSON/],
      ['an event of somebody else', JSON.stringify({ specversion: '1.0', id: '1', type: 'x.y', source: '/jane-doe' }), /id, type, source/],
    ])('passes a value that is %s, and tells the consumer and the dead letters where it is and not what it says', async (_, value, why) => {
      const [before, after] = [message('a'), message('a')];
      await bus.publish(topic, [before]);
      await at.putForeign(topic, caseOf('a'), value);
      await bus.publish(topic, [after]);
      const refusals: Refusal[] = [];
      const got: Delivery[] = [];
      let failures = 1;
      consume('one', async (batch) => void got.push(...batch), bus, {
        refused: async (refusal) => {
          if (failures-- > 0) throw new Error('not kept');
          refusals.push(refusal);
        },
      });
      await until(async () => (await bus.lag('one')) === 0);
      expect([...new Set(idsOf(got.map((delivery) => delivery.message)))]).toEqual([before.id, after.id]);
      const told = (await at.deadLetters()).map((text) => JSON.parse(text) as DeadLetterReference);
      const offsets = got.map(({ offset }) => offset);
      for (const { offset, ...each } of [...refusals, ...told.map(({ because, ...where }) => ({ ...where, reason: because }))]) {
        expect(each).toMatchObject({ topic, reason: expect.stringMatching(why) });
        expect([...offsets, offset].sort().indexOf(offset)).toBe(offsets.lastIndexOf(offsets[0] ?? '') + 1);
        expect(JSON.stringify(each).toLowerCase()).not.toContain('jane');
      }
      expect(refusals).toHaveLength(1);
      expect(told[0]).toMatchObject({ group: 'one' });
    });

    it('tells of parked messages by reference', async () => {
      const letter = { group: 'reporting.copy', topic, offset: '3:0000000000000007', key: caseOf('a'), because: 'unknown' };
      await bus.reportDead([letter, { ...letter, key: caseOf('b'), type: ended.type, messageId: derivedId('m') }]);
      const told = (await at.deadLetters()).map((text) => JSON.parse(text) as DeadLetterReference);
      expect(told).toHaveLength(2);
      expect(told.find(({ key }) => key === caseOf('a'))).toEqual(letter);
    });

    it('knows how far a source says it has come, which never goes back', async () => {
      expect(bus.progressOf('/services/planning')).toBe('start');
      await bus.tellProgress('/services/planning', '0000000000000007');
      await bus.tellProgress('/services/planning', '0000000000000003');
      expect(bus.progressOf('/services/planning')).toBe('0000000000000007');
      expect(bus.progressOf('/services/referral')).toBe('start');
      await bus.tellProgress('/services/planning', '0000000000000011');
      expect(bus.progressOf('/services/planning')).toBe('0000000000000011');
    });

    it('says that it is unavailable once closed', async () => {
      const member = collect('one');
      await bus.close();
      await member.done;
      await expect(bus.publish(topic, [message('a')])).rejects.toThrow(BusUnavailable);
      await expect(bus.tellProgress('/services/planning', '1')).rejects.toThrow(BusUnavailable);
      await expect(bus.lag('one')).rejects.toThrow(BusUnavailable);
      await expect(bus.consume({ group: 'one', topics: [topic] }, async () => undefined, new AbortController().signal)).rejects.toThrow(
        BusUnavailable,
      );
    });
  });
};
