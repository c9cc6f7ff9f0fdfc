import { expect, it } from '@jest/globals';
import type { Instant } from '@waymark/kernel';
import { maxSealedBytes, type SealedJson } from '../event-log.js';
import type { Bench } from './event-log.suite.js';
import { collect, commandId, contactA, contactB, event, everything, streamOf } from './samples.js';

export const appending = (bench: () => Bench): void => {
  it('starts a stream at version 1 and gives back what was appended', async () => {
    const { log } = bench();
    const [first, second, command] = [event(), event('referral.ContactTriaged.v1', { caseId: null }), commandId()];
    const appended = await log.append(contactA, 'none', [first, second], command);
    expect(appended).toMatchObject({ stream: contactA, first: 1, last: 2, recordedAt: '2026-03-02T09:15:00.000Z', repeated: false });
    const stored = await streamOf(log, contactA);
    expect(stored).toEqual([
      { ...first, stream: contactA, version: 1, position: stored[0]?.position, recordedAt: appended.recordedAt, commandId: command },
      { ...second, stream: contactA, version: 2, position: appended.position, recordedAt: appended.recordedAt, commandId: command },
    ]);
  });

  it('goes on from the version that is expected', async () => {
    const { log } = bench();
    await log.append(contactA, 'none', [event()], commandId());
    expect(await log.append(contactA, 1, [event(), event()], commandId())).toMatchObject({ first: 2, last: 3 });
  });

  it.each([
    ['none', 2],
    [1, 2],
    [3, 2],
  ] as const)('refuses %s for a stream at version 2 and writes nothing', async (expected, actual) => {
    const { log } = bench();
    await log.append(contactA, 'none', [event(), event()], commandId());
    await expect(log.append(contactA, expected, [event()], commandId())).rejects.toMatchObject({
      name: 'WrongExpectedVersion',
      stream: contactA,
      expected,
      actual,
    });
    expect(await everything(log)).toHaveLength(2);
  });

  it('refuses a version of a stream that is not there', async () => {
    const { log } = bench();
    await expect(log.append(contactA, 1, [event()], commandId())).rejects.toMatchObject({ name: 'WrongExpectedVersion', actual: 0 });
    expect(await log.head()).toBe('start');
    await log.append(contactA, 'none', [event()], commandId());
  });

  it('lets exactly one of two writers who expect the same version win', async () => {
    const { log } = bench();
    await log.append(contactA, 'none', [event()], commandId());
    const racing = await Promise.allSettled([1, 2, 3].map(() => log.append(contactA, 1, [event()], commandId())));
    expect(racing.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(await streamOf(log, contactA)).toHaveLength(2);
  });

  it('refuses one of a group without disturbing the others', async () => {
    const { log } = bench();
    const [good, bad, alsoGood] = await Promise.allSettled([
      log.append(contactA, 'none', [event()], commandId()),
      log.append(contactA, 7, [event(), event()], commandId()),
      log.append(contactB, 'none', [event()], commandId()),
    ]);
    expect([good.status, bad.status, alsoGood.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await everything(log)).map(({ stream }) => stream).sort()).toEqual([contactA, contactB].sort());
  });

  it('takes all events of an append or none', async () => {
    const { log } = bench();
    const tooLarge = event('referral.ContactReceived.v1', { data: jsonOf(maxSealedBytes + 1) });
    await expect(log.append(contactA, 'none', [event(), tooLarge], commandId())).rejects.toMatchObject({ name: 'EventTooLarge' });
    expect(await everything(log)).toEqual([]);
    await log.append(contactA, 'none', [event(), event()], commandId());
    expect(await streamOf(log, contactA)).toHaveLength(2);
  });

  it('takes an event of exactly the largest size, and refuses one byte more', async () => {
    const { log } = bench();
    const largest = event('referral.ContactReceived.v1', { data: jsonOf(maxSealedBytes) });
    await log.append(contactA, 'none', [largest], commandId());
    expect((await streamOf(log, contactA))[0]?.data).toBe(largest.data);
    const over = event('referral.ContactReceived.v1', { data: jsonOf(maxSealedBytes + 1) });
    await expect(log.append(contactA, 1, [over], commandId())).rejects.toThrow(String(maxSealedBytes));
  });

  it('measures the size in bytes, not in characters', async () => {
    const over = event('referral.ContactReceived.v1', { data: `"${'é'.repeat(maxSealedBytes / 2)}"` as SealedJson });
    await expect(bench().log.append(contactA, 'none', [over], commandId())).rejects.toMatchObject({ name: 'EventTooLarge' });
  });

  it('keeps every character of the data', async () => {
    const { log } = bench();
    const data = JSON.stringify({ text: 'Zoë — “quoted” \u0000 \\ 家族 🧒 \u2028' }) as SealedJson;
    await log.append(contactA, 'none', [event('referral.ContactReceived.v1', { data })], commandId());
    expect((await streamOf(log, contactA))[0]?.data).toBe(data);
  });

  it('GEN-02 keeps both dates, and never records before what the stream recorded last, even when the clock goes back', async () => {
    const { log, clock } = bench();
    await log.append(contactA, 'none', [event()], commandId());
    clock.at = '2026-03-02T08:00:00.000Z';
    await log.append(contactB, 'none', [event()], commandId());
    await log.append(contactA, 1, [event()], commandId());
    clock.at = '2026-03-02T10:00:00.000Z';
    await log.append(
      contactA,
      2,
      [event('referral.ContactTriaged.v1', { occurredAt: '2026-02-27T10:00:00.000Z' as Instant })],
      commandId(),
    );
    const all = await collect(log.readAll('start'));
    expect(all.map(({ recordedAt }) => recordedAt)).toEqual([
      '2026-03-02T09:15:00.000Z',
      '2026-03-02T08:00:00.000Z',
      '2026-03-02T09:15:00.000Z',
      '2026-03-02T10:00:00.000Z',
    ]);
    expect(all.at(-1)?.occurredAt).toBe('2026-02-27T10:00:00.000Z');
  });

  it('remembers the key set that it is sealed with, and refuses another', async () => {
    const { log } = bench();
    expect(await log.keySetId()).toBeUndefined();
    await log.bindKeySet('first');
    await log.bindKeySet('first');
    await expect(log.bindKeySet('second')).rejects.toMatchObject({ name: 'StoreUnusable' });
    expect(await log.keySetId()).toBe('first');
  });

  it('says that it is closed instead of answering', async () => {
    const { log } = bench();
    await log.close();
    await expect(log.append(contactA, 'none', [event()], commandId())).rejects.toMatchObject({
      name: 'StoreUnavailable',
      reason: 'closed',
    });
    await expect(everything(log)).rejects.toMatchObject({ name: 'StoreUnavailable', reason: 'closed' });
  });
};

const jsonOf = (bytes: number): SealedJson => `"${'x'.repeat(bytes - 2)}"` as SealedJson;
