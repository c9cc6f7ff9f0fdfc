import { expect, it } from '@jest/globals';
import type { Bench } from './event-log.suite.js';
import { commandId, contactA, contactB, event, everything } from './samples.js';

export const commands = (bench: () => Bench): void => {
  it.each([['none'], [3], [99]] as const)('answer with the first result whatever is expected: %s', async (expected) => {
    const { log } = bench();
    const command = commandId();
    const first = await log.append(contactA, 'none', [event(), event()], command);
    await log.append(contactA, 2, [event()], commandId());
    expect(await log.append(contactA, expected, [event()], command)).toEqual({ ...first, repeated: true });
    expect(await everything(log)).toHaveLength(3);
  });

  it('answer with the first result even for other events, and write nothing', async () => {
    const { log } = bench();
    const command = commandId();
    const first = await log.append(contactA, 'none', [event()], command);
    const again = await log.append(contactA, 1, [event('referral.ContactTriaged.v1'), event(), event()], command);
    expect(again).toEqual({ ...first, repeated: true });
    expect(await everything(log)).toHaveLength(1);
  });

  it('answer alike when they are given at the same moment', async () => {
    const { log } = bench();
    const command = commandId();
    const results = await Promise.all([1, 2, 3].map(() => log.append(contactA, 'none', [event()], command)));
    expect(results.map(({ repeated }) => repeated)).toEqual([false, true, true]);
    expect(new Set(results.map(({ position }) => position)).size).toBe(1);
    expect(await everything(log)).toHaveLength(1);
  });

  it('are a matter of their stream: the same id in another stream is another append', async () => {
    const { log } = bench();
    const command = commandId();
    await log.append(contactA, 'none', [event()], command);
    expect(await log.append(contactB, 'none', [event()], command)).toMatchObject({ repeated: false, first: 1 });
  });

  it('are found by committed, with their first result', async () => {
    const { log } = bench();
    const command = commandId();
    await log.append(contactA, 'none', [event()], commandId());
    const result = await log.append(contactA, 1, [event(), event(), event()], command);
    await log.append(contactA, 4, [event()], commandId());
    expect(await log.committed(contactA, command)).toEqual({ ...result, repeated: true });
    expect(await log.committed(contactB, command)).toBeUndefined();
    expect(await log.committed(contactA, commandId())).toBeUndefined();
  });

  it('that were refused are not committed, and can be given again', async () => {
    const { log } = bench();
    const command = commandId();
    await expect(log.append(contactA, 5, [event()], command)).rejects.toMatchObject({ name: 'WrongExpectedVersion' });
    expect(await log.committed(contactA, command)).toBeUndefined();
    expect(await log.append(contactA, 'none', [event()], command)).toMatchObject({ repeated: false });
  });
};
