import { expect, it } from '@jest/globals';
import { derivedId, type NonEmpty } from '@waymark/kernel';
import type { DeadLetterReference, Delivery, Message, Refusal } from '../bus.js';
import { caseOf, ended, idsOf, message, opened, received, topic, until } from './samples.js';
import type { BusUnderTest } from './under-test.js';

/** What arrives, how often, and what becomes of what is no message. */
export const delivering = (the: BusUnderTest): void => {
  it('delivers what was published, whole and as a copy, to every group', async () => {
    const published = message('a', { episodeId: derivedId('e'), reason: 'a-reason' });
    const [one, two] = [the.collect('one'), the.collect('two')];
    await the.bus.publish(topic, [published]);
    await until(() => one.got.length === 1 && two.got.length === 1);
    expect(one.got[0]).toEqual(published);
    (one.got[0]?.data as { reason: string }).reason = 'changed';
    expect(two.got[0]).toEqual(published);
    expect((published.data as { reason: string }).reason).toBe('a-reason');
  });

  it('B4 delivers what is keyed by a stream, in order, and tells of it by that key', async () => {
    const stream = 'planning.panel-north-2026-03-02';
    const published = [1, 2, 3].map(() => ({
      ...message('a'),
      key: stream,
      causationId: derivedId('event'),
    })) as unknown as NonEmpty<Message>;
    const got: Delivery[] = [];
    the.consume('one', async (batch) => void got.push(...batch));
    await the.bus.publish(topic, published);
    await until(() => got.length === 3);
    expect(got.map((delivery) => delivery.message)).toEqual(published);
    await the.bus.reportDead([{ group: 'one', topic, offset: got[0]!.offset, key: got[0]!.message.key, because: 'failed' }]);
    expect((await the.at.deadLetters()).map((text) => (JSON.parse(text) as DeadLetterReference).key)).toEqual([stream]);
  });

  it('delivers a type that the consumer does not know', async () => {
    const published = message('a', { episodeId: derivedId('e') }, ended.type);
    await the.bus.publish(topic, [published]);
    await the.bus.close();
    await the.crash([opened]);
    const { got } = the.collect('one');
    await until(() => got.length === 1);
    expect(got).toEqual([published]);
  });

  it('delivers the same messages again after its handler failed, and keeps what comes behind them waiting', async () => {
    const [first, second] = [message('a'), message('a')];
    let failures = 3;
    const got: string[] = [];
    await the.bus.publish(topic, [first]);
    the.consume('one', async (batch) => {
      got.push(...idsOf(batch.map((delivery) => delivery.message)));
      if (failures-- > 0) throw new Error('not yet');
    });
    await the.bus.publish(topic, [second]);
    await until(async () => (await the.bus.lag('one')) === 0);
    expect(got.filter((id) => id === first.id)).toHaveLength(4);
    expect(got.indexOf(second.id)).toBeGreaterThan(got.indexOf(first.id));
  });

  it('goes on with other partitions while one fails', async () => {
    await the.bus.publish(topic, ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => message(key)) as unknown as NonEmpty<Message>);
    const got = new Set<string>();
    the.consume('one', async (batch) => {
      if (batch[0].message.key === caseOf('a')) throw new Error('stuck');
      for (const { message: each } of batch) got.add(each.key);
    });
    await until(() => got.size >= 3);
    expect(await the.bus.lag('one')).toBeGreaterThan(0);
  });

  it('delivers again, after a crash, what was not committed, and not what was', async () => {
    const [first, second] = [message('a'), message('a')];
    await the.bus.publish(topic, [first]);
    const before = the.collect('one');
    await until(async () => (await the.bus.lag('one')) === 0);
    await before.stop();
    let reached = 0;
    the.consume('one', async () => {
      reached += 1;
      await the.lost;
    });
    await the.bus.publish(topic, [second]);
    await until(() => reached === 1);
    await the.crash([opened, ended, received]);
    const after = the.collect('one');
    await until(async () => (await the.bus.lag('one')) === 0);
    expect(idsOf(after.got)).toEqual([second.id]);
  });

  it.each([
    ['no JSON', 'Jane Doe, 4 March', /not JSON/],
    ['an event of somebody else', JSON.stringify({ specversion: '1.0', id: '1', type: 'x.y', source: '/jane-doe' }), /id, type, source/],
  ])('passes a value that is %s, and tells the consumer and the dead letters where it is and not what it says', async (_, value, why) => {
    const [before, after] = [message('a'), message('a')];
    await the.bus.publish(topic, [before]);
    await the.at.putForeign(topic, caseOf('a'), value);
    await the.bus.publish(topic, [after]);
    const refusals: Refusal[] = [];
    const got: Delivery[] = [];
    let failures = 1;
    the.consume('one', async (batch) => void got.push(...batch), {
      refused: async (refusal) => {
        if (failures-- > 0) throw new Error('not kept');
        refusals.push(refusal);
      },
    });
    await until(async () => (await the.bus.lag('one')) === 0);
    expect([...new Set(idsOf(got.map((delivery) => delivery.message)))]).toEqual([before.id, after.id]);
    const told = (await the.at.deadLetters()).map((text) => JSON.parse(text) as DeadLetterReference);
    const offsets = got.map(({ offset }) => offset);
    for (const { offset, ...each } of [...refusals, ...told.map(({ because, ...where }) => ({ ...where, reason: because }))]) {
      expect(each).toMatchObject({ topic, reason: expect.stringMatching(why) });
      expect([...offsets, offset].sort().indexOf(offset)).toBe(offsets.lastIndexOf(offsets[0] ?? '') + 1);
      expect(JSON.stringify(each).toLowerCase()).not.toContain('jane');
    }
    expect(refusals).toHaveLength(1);
    expect(told[0]).toMatchObject({ group: 'one' });
  });
};
