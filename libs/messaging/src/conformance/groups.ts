import { expect, it } from '@jest/globals';
import { derivedId, type NonEmpty } from '@waymark/kernel';
import type { Delivery } from '../bus.js';
import { hasTaken } from '../offsets.js';
import { caseOf, ended, idsOf, message, opened, received, topic, until } from './samples.js';
import type { BusUnderTest } from './under-test.js';

/** How far a group is, and in which order it is served. */
export const groups = (the: BusUnderTest): void => {
  it('keeps an offset for each group; a new group begins at the beginning', async () => {
    const sentSoFar = [message('a'), message('a'), message('a')] as const;
    const one = the.collect('one');
    await the.bus.publish(topic, sentSoFar);
    await until(() => one.got.length === 3);
    await one.stop();
    const two = the.collect('two');
    await until(() => two.got.length === 3);
    expect(idsOf(two.got)).toEqual(idsOf(sentSoFar));
    expect([await the.bus.lag('one'), await the.bus.lag('two')]).toEqual([0, 0]);
    await the.bus.publish(topic, [message('b'), message('c')]);
    expect(await the.bus.lag('one')).toBe(2);
    await until(async () => (await the.bus.lag('two')) === 0);
    expect(await the.bus.lag('one')).toBe(2);
  });

  it('B10 keeps beside an offset what its handler answers, tells it who gets the partition, and reads again what that one asks for', async () => {
    const told: (readonly (string | undefined)[])[] = [];
    let answer: string | undefined = '0000000000000007';
    let again = false;
    const got: string[] = [];
    const begin = () =>
      the.consume(
        'one',
        async (batch) => {
          got.push(...idsOf(batch.map((delivery) => delivery.message)));
          return answer;
        },
        {
          assigned: async (committed) => {
            told.push([...committed.values()]);
            return again ? [...committed.keys()] : [];
          },
        },
      );
    const all = [message('a'), message('a')] as const;
    const first = begin();
    await the.bus.publish(topic, all);
    await until(async () => (await the.bus.lag('one')) === 0);
    await first.stop();
    expect(told.flat()).toEqual([]);
    await the.crash([opened, ended, received]);
    again = true;
    answer = undefined;
    const second = begin();
    await until(() => got.length === 4);
    await until(async () => (await the.bus.lag('one')) === 0);
    await second.stop();
    expect(told.at(-1)).toEqual(['0000000000000007']);
    expect(got).toEqual([...idsOf(all), ...idsOf(all)]);
  });

  it('tells how far a group stands, so that what was there then is told from what came since', async () => {
    const one = the.collect('one');
    await the.bus.publish(topic, [message('a'), message('b')]);
    await until(async () => (await the.bus.lag('one')) === 0);
    await one.stop();
    await the.bus.publish(topic, [message('a')]);
    const then = await the.bus.groupOffsets('one');
    await the.bus.publish(topic, [message('a'), message('b')]);
    expect([...then.values()].reduce((sum, { next, end }) => sum + end - next, 0)).toBe(1);
    expect(hasTaken(then, await the.bus.committedOffsets('one'))).toBe(false);
    const again = the.collect('one');
    await until(async () => hasTaken(then, await the.bus.committedOffsets('one')));
    expect(again.got.length).toBeGreaterThan(0);
    await until(async () => (await the.bus.lag('one')) === 0);
  });

  it('keeps the order of each key however many publish, one handler at a time per key', async () => {
    const keys = ['a', 'b', 'c', 'd', 'e'];
    const atWork = new Set<string>();
    const got = new Map<string, number[]>();
    the.consume('one', async (batch) => {
      const inBatch = new Set(batch.map(({ message: { key } }) => key));
      for (const key of inBatch) expect(atWork.has(key)).toBe(false);
      for (const key of inBatch) atWork.add(key);
      await new Promise((resolve) => setImmediate(resolve));
      for (const { message: each } of batch) got.set(each.key, [...(got.get(each.key) ?? []), Number(each.position)]);
      for (const key of inBatch) atWork.delete(key);
    });
    await Promise.all(
      keys.map(async (key) => {
        for (let i = 0; i < 40; i += 1) await the.bus.publish(topic, [message(key), message(key)]);
      }),
    );
    await until(async () => (await the.bus.lag('one')) === 0);
    for (const key of keys) {
      const positions = got.get(caseOf(key)) ?? [];
      expect(positions).toHaveLength(80);
      expect(positions).toEqual([...positions].sort((x, y) => x - y));
    }
  });

  it('ends by its signal after the handler at work, which counts', async () => {
    let release = (): void => undefined;
    let reached = false;
    const member = the.consume('one', () => {
      reached = true;
      return new Promise<void>((resolve) => (release = resolve));
    });
    await the.bus.publish(topic, [message('a')]);
    await until(() => reached);
    member.controller.abort();
    release();
    await member.done;
    expect(await the.bus.lag('one')).toBe(0);
    await the.bus.publish(topic, [message('a')]);
    expect(await the.bus.lag('one')).toBe(1);
  });

  it('gives the keys of one partition to one handler at a time, whichever topic brings them', async () => {
    const samePartition = Array.from({ length: 200 }, (_, i) => `key ${i}`).filter(
      (key) => the.bus.partitionOf(caseOf(key)) === the.bus.partitionOf(caseOf('key 0')),
    );
    expect(samePartition.length).toBeGreaterThan(5);
    let atWork = 0;
    let most = 0;
    const got: Delivery[] = [];
    const handler = async (batch: NonEmpty<Delivery>) => {
      most = Math.max(most, (atWork += 1));
      await new Promise((resolve) => setTimeout(resolve, 5));
      got.push(...batch);
      expect(new Set(batch.map(({ message: { key } }) => the.bus.partitionOf(key))).size).toBe(1);
      atWork -= 1;
    };
    the.consume('one', handler, { topics: [topic, received.topic] });
    for (const key of samePartition) {
      await the.bus.publish(topic, [message(key)]);
      await the.bus.publish(received.topic, [
        { ...message(key, { contactId: derivedId('c') }, received.type), source: '/services/referral' },
      ]);
    }
    await until(() => got.length === 2 * samePartition.length);
    expect(most).toBe(1);
  });
};
