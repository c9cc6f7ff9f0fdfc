import { expect, it } from '@jest/globals';
import type { Bench } from './event-log.suite.js';
import { commandId, contactA, contactB, event, everything } from './samples.js';

/** An event's id stands for it everywhere: on the bus, in proofs, in another event's causation. */
export const ids = (bench: () => Bench): void => {
  it('B2 are unique in the whole event log: a second event of the same id is refused, whatever its stream', async () => {
    const { log } = bench();
    const first = event();
    await log.append(contactA, 'none', [first], commandId());
    for (const [stream, expected] of [[contactA, 1] as const, [contactB, 'none'] as const])
      await expect(
        log.append(stream, expected, [event(), event('referral.ContactTriaged.v1', { id: first.id })], commandId()),
      ).rejects.toMatchObject({
        name: 'EventIdTaken',
        id: first.id,
        message: expect.stringContaining('nothing of this append was written'),
      });
    expect(await everything(log)).toHaveLength(1);
    await log.append(contactA, 1, [event()], commandId());
    await log.append(contactB, 'none', [event()], commandId());
  });

  it('B2 are not given twice in one append either', async () => {
    const { log } = bench();
    const one = event();
    await expect(log.append(contactA, 'none', [one, { ...event(), id: one.id }], commandId())).rejects.toMatchObject({
      name: 'EventIdTaken',
    });
    expect(await everything(log)).toEqual([]);
  });

  it('B2 disturb nobody else in the same group when one is given twice', async () => {
    const { log } = bench();
    const one = event();
    await log.append(contactA, 'none', [one], commandId());
    const streams = ['referral.contact-1', 'referral.contact-2', 'referral.contact-3'] as const;
    const results = await Promise.allSettled(
      streams.map((stream, index) => log.append(stream, 'none', [index === 1 ? { ...event(), id: one.id } : event()], commandId())),
    );
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await everything(log)).map(({ stream }) => stream).sort()).toEqual([contactA, streams[0], streams[2]].sort());
  });

  it('are the same in a command that is repeated, which is answered as ever', async () => {
    const { log } = bench();
    const [one, command] = [event(), commandId()];
    const first = await log.append(contactA, 'none', [one], command);
    expect(await log.append(contactA, 1, [one], command)).toEqual({ ...first, repeated: true });
  });
};

/** Counted as skipped, by name. */
export const notUnique = (name: string): void => {
  it.skip(`B2 are unique in the whole event log: ${name} cannot enforce it`, () => undefined);
};
