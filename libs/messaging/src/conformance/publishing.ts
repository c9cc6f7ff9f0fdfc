import { expect, it } from '@jest/globals';
import { derivedId } from '@waymark/kernel';
import { BusUnavailable, NotAContract, type DeadLetterReference, type Message } from '../bus.js';
import { hasReached, laterEndOffsets } from '../offsets.js';
import { caseOf, ended, idsOf, message, topic, until } from './samples.js';
import type { BusUnderTest } from './under-test.js';

/** What is published, what is refused, and what is said beside the messages. */
export const publishing = (the: BusUnderTest): void => {
  it('does not let a publisher change what it has published', async () => {
    const data = { episodeId: derivedId('e'), reason: 'before' };
    await the.bus.publish(topic, [message('a', data)]);
    data.reason = 'after';
    const { got } = the.collect('one');
    await until(() => got.length === 1);
    expect(got[0]?.data).toMatchObject({ reason: 'before' });
  });

  it('takes what is too much for one request, and keeps its order', async () => {
    const all = Array.from({ length: 2_500 }, () => message('a'));
    const [first, ...rest] = all;
    await the.bus.publish(topic, [first!, ...rest]);
    const { got } = the.collect('one');
    await until(() => got.length >= all.length);
    expect(idsOf(got)).toEqual(idsOf(all));
  });

  it.each<[string, () => Message, string]>([
    ['a type that nobody declared', () => message('a', {}, 'earlyhelp.planning.unheard-of.v1'), topic],
    ['data of the wrong shape', () => message('a', { episodeId: 'no id' }), topic],
    ['a field that the contract does not have', () => message('a', { episodeId: derivedId('e'), childName: 'x' }), topic],
    ['a contract on the topic of another service', () => message('a'), 'earlyhelp.referral.events.v1'],
    ['a key that is neither a case nor a stream', () => ({ ...message('a'), key: 'nobody' as Message['key'] }), topic],
  ])('refuses %s, and nothing of that batch travels', async (_, wrong, where) => {
    await expect(the.bus.publish(where, [message('a'), wrong()])).rejects.toThrow(NotAContract);
    const good = message('b');
    await the.bus.publish(topic, [good]);
    const { got } = the.collect('one');
    await until(async () => (await the.bus.lag('one')) === 0);
    expect(idsOf(got)).toEqual([good.id]);
  });

  it('says what was refused without telling any value', async () => {
    const refused = await the.bus
      .publish(topic, [message('a', { episodeId: derivedId('e'), reason: 'Jane Doe!' })])
      .then(() => 'published', String);
    expect(refused).toMatch(/episode-opened\.v1: reason is not as the contract has it/);
    expect(refused).not.toContain('Jane');
  });

  it('tells of parked messages by reference', async () => {
    const letter = { group: 'reporting.copy', topic, offset: '3:0000000000000007', key: caseOf('a'), because: 'unknown' };
    await the.bus.reportDead([letter, { ...letter, key: caseOf('b'), type: ended.type, messageId: derivedId('m') }]);
    const told = (await the.at.deadLetters()).map((text) => JSON.parse(text) as DeadLetterReference);
    expect(told).toHaveLength(2);
    expect(told.find(({ key }) => key === caseOf('a'))).toEqual(letter);
  });

  it('knows how far a source says it has come, which never goes back', async () => {
    expect(the.bus.progressOf('/services/planning')).toBe('start');
    await the.bus.publishProgress('/services/planning', '0000000000000007');
    await the.bus.publishProgress('/services/planning', '0000000000000003');
    expect(the.bus.progressOf('/services/planning')).toBe('0000000000000007');
    expect(the.bus.progressOf('/services/referral')).toBe('start');
    await the.bus.publishProgress('/services/planning', '0000000000000011');
    expect(the.bus.progressOf('/services/planning')).toBe('0000000000000011');
  });

  it('says where what was published ends, and where topics end', async () => {
    const none = await the.bus.endOffsets([topic]);
    expect([...none.values()].every((end) => end === 0)).toBe(true);
    const [a, b] = [message('a'), message('b')];
    await the.bus.publish(topic, [a, message('a'), b]);
    const ends = await the.bus.publish(topic, [message('a'), message('b')]);
    const now = await the.bus.endOffsets([topic]);
    expect([...now.keys()]).toEqual([...none.keys()]);
    expect([...now.values()].reduce((sum, end) => sum + end, 0)).toBe(5);
    for (const [partition, end] of ends) expect(end).toBe(now.get(partition));
    // Which is what a group counts, too.
    the.collect('one');
    await until(async () => hasReached(now, await the.bus.committedOffsets('one')));
    expect(hasReached(new Map([...now].map(([partition, end]) => [partition, end + 1])), await the.bus.committedOffsets('one'))).toBe(
      false,
    );
  });

  it('knows where lies what a source says to have published, of the topics that are asked for', async () => {
    const source = '/services/planning';
    const [ends, position] = [await the.bus.publish(topic, [message('a')]), '0000000000000007'];
    const all = laterEndOffsets(await the.bus.endOffsets([topic]), ends);
    expect(the.bus.endOffsetsOf(source, [topic])).toBeUndefined();
    await the.bus.publishProgress(source, '0000000000000003');
    expect(the.bus.endOffsetsOf(source, [topic])).toBeUndefined();
    await the.bus.publishProgress(source, position, all);
    expect(the.bus.endOffsetsOf(source, [topic])).toEqual(all);
    // What was said earlier and arrives later does not count.
    await the.bus.publishProgress(source, '0000000000000005', new Map());
    expect(the.bus.endOffsetsOf(source, [topic])).toEqual(all);
    expect(the.bus.endOffsetsOf(source, ['earlyhelp.planning.events.v2'])).toBeUndefined();
    expect(the.bus.endOffsetsOf('/services/referral', [topic])).toBeUndefined();
  });

  it('stirs when something is told or taken, and not before', async () => {
    const stirs = async (work: () => unknown) => {
      let changed = false;
      void the.bus.nextChange().then(() => (changed = true));
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(changed).toBe(false);
      work();
      await until(() => changed);
    };
    await stirs(() => the.bus.publishProgress('/services/planning', '0000000000000007'));
    await the.bus.publish(topic, [message('a')]);
    await stirs(() => the.collect('one'));
    const taken = async () => [...(await the.bus.committedOffsets('one')).values()].reduce((sum, next) => sum + next, 0);
    // What was told may stir once more, when it comes back from the brokers. Who takes and does not stir keeps this waiting for good.
    for (let next = the.bus.nextChange(); (await taken()) === 0; next = the.bus.nextChange()) await next;
    expect(await taken()).toBe(1);
  });

  it('says that it is unavailable once closed', async () => {
    const member = the.collect('one');
    await the.bus.close();
    await member.done;
    await expect(the.bus.publish(topic, [message('a')])).rejects.toThrow(BusUnavailable);
    await expect(the.bus.publishProgress('/services/planning', '1')).rejects.toThrow(BusUnavailable);
    await expect(the.bus.lag('one')).rejects.toThrow(BusUnavailable);
    await expect(the.bus.consume({ group: 'one', topics: [topic] }, async () => undefined, new AbortController().signal)).rejects.toThrow(
      BusUnavailable,
    );
  });
};
