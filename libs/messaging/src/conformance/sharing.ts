import { expect, it } from '@jest/globals';
import type { NonEmpty } from '@waymark/kernel';
import type { Message } from '../bus.js';
import { idsOf, message, topic, until } from './samples.js';
import type { BusUnderTest } from './under-test.js';

/** A group of several members. */
export const sharing = (the: BusUnderTest): void => {
  it('shares the keys among the members of a group, and gives them to those that stay', async () => {
    const keys = Array.from({ length: 40 }, (_, i) => `key ${i}`);
    const [one, two] = [the.collect('shared'), the.collect('shared')];
    const published: Message[] = [];
    const publishAll = async () => {
      const round = keys.map((key) => message(key));
      published.push(...round);
      await the.bus.publish(topic, round as unknown as NonEmpty<Message>);
      await until(async () => (await the.bus.lag('shared')) === 0);
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
    await the.bus.publish(topic, keys.map((key) => message(key)) as unknown as NonEmpty<Message>);
    the.consume('shared', async (batch) => {
      order.push(...batch.map(({ message: { key } }) => `first ${key}`));
      await held;
      order.push(...batch.map(({ message: { key } }) => `done ${key}`));
    });
    await until(() => order.length === keys.length);
    the.consume('shared', async (batch) => void order.push(...batch.map(({ message: { key } }) => `second ${key}`)));
    await the.bus.publish(topic, keys.map((key) => message(key)) as unknown as NonEmpty<Message>);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(order.some((entry) => entry.startsWith('second'))).toBe(false);
    release();
    const second = () => order.filter((entry) => entry.startsWith('second'));
    while (second().length === 0) {
      await the.bus.publish(topic, keys.map((key) => message(key)) as unknown as NonEmpty<Message>);
      await until(async () => (await the.bus.lag('shared')) === 0);
    }
    for (const entry of second()) expect(order.indexOf(entry.replace('second', 'done'))).toBeLessThan(order.indexOf(entry));
  });

  it('tells a member of what it owns before it delivers anything of it, and again when the group is shared out anew', async () => {
    const order: string[] = [];
    let failures = 2;
    the.consume('one', async () => void order.push('delivered'), {
      assigned: async () => {
        order.push('told');
        if (failures-- > 0) throw new Error('not yet');
      },
    });
    await the.bus.publish(topic, [message('a')]);
    await until(() => order.includes('delivered'));
    const first = order.indexOf('delivered');
    expect(first).toBeGreaterThanOrEqual(3);
    const before = order.filter((entry) => entry === 'told').length;
    const second = the.collect('one');
    const keys = Array.from({ length: 40 }, (_, i) => `key ${i}`);
    while (order.filter((entry) => entry === 'told').length === before) {
      await the.bus.publish(topic, keys.map((key) => message(key)) as unknown as NonEmpty<Message>);
      await until(async () => (await the.bus.lag('one')) === 0);
    }
    await second.stop();
  });
};
