import { expect, it } from '@jest/globals';
import type { Bench } from './event-log.suite.js';
import { collect, commandId, consentA, contactA, contactB, event, everything } from './samples.js';

/** For adapters that outlive the process. */
export const surviving = (bench: () => Bench): void => {
  it('a close keeps everything: events, commands, the order of time, the key set', async () => {
    const current = bench();
    const command = commandId();
    await current.log.append(contactA, 'none', [event(), event()], command);
    await current.log.bindKeySet('first');
    const before = await everything(current.log);
    await current.log.close();
    current.clock.at = '2025-01-01T00:00:00.000Z';
    current.log = (await current.harness.reopen?.(current.clock)) ?? current.log;
    expect(await everything(current.log)).toEqual(before);
    expect(await current.log.keySetId()).toBe('first');
    expect(await current.log.append(contactA, 'none', [event()], command)).toMatchObject({ first: 1, last: 2, repeated: true });
    const next = await current.log.append(contactA, 2, [event('referral.ContactTriaged.v1', { caseId: null })], commandId());
    expect(next).toMatchObject({ first: 3, recordedAt: before[1]?.recordedAt });
    expect(next.position > before[1]!.position).toBe(true);
    const found = await collect(current.log.readAll('start', { filter: { typePrefixes: ['referral.ContactTriaged'] } }));
    expect(found.map(({ version }) => version)).toEqual([3]);
  });

  it('a crash keeps whatever was acknowledged, and a repeated command finds it', async () => {
    const current = bench();
    const command = commandId();
    await current.log.append(contactA, 'none', [event(), event()], command);
    await Promise.all([contactB, consentA].map((stream) => current.log.append(stream, 'none', [event()], commandId())));
    const acknowledged = await everything(current.log);
    // Where a network lies between, the crash keeps it from ever arriving.
    const unacknowledged = current.log.append(contactA, 2, [event()], commandId()).catch(() => undefined);
    const after = await current.harness.afterCrash?.(current.clock);
    try {
      expect(await collect(after!.readAll('start'))).toEqual(acknowledged);
      expect(await after!.committed(contactA, command)).toMatchObject({ first: 1, last: 2 });
      await after!.append(contactA, 2, [event()], commandId());
    } finally {
      await after?.close();
      await unacknowledged;
    }
  });
};
