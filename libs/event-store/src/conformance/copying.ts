import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { NonEmpty, StreamName } from '@waymark/kernel';
import { memoryEventLog } from '../adapters/memory.js';
import { copyLog, RecordedClock } from '../copy-log.js';
import { StoreUnusable, type EventLog, type SealedEvent, type StoredEvent } from '../event-log.js';
import type { Bench } from './event-log.suite.js';
import { commandId, contactA, event, everything, HandClock } from './samples.js';

const streams = ['referral.contact-a', 'referral.contact-b', 'assessment.eha-a'] as const;
const append = fc.record({
  stream: fc.constantFrom(...streams),
  count: fc.integer({ min: 1, max: 4 }),
  laterMs: fc.integer({ min: 0, max: 5_000 }),
  caseless: fc.boolean(),
});
type Append = { readonly stream: StreamName; readonly count: number; readonly laterMs: number; readonly caseless: boolean };

const aRecord = async (appends: readonly Append[]): Promise<EventLog> => {
  const clock = new HandClock();
  const log = memoryEventLog({ clock });
  const taken = new Map<StreamName, number>();
  for (const { stream, count, laterMs, caseless } of appends) {
    clock.at = new Date(Date.parse(clock.at) + laterMs).toISOString();
    const at = taken.get(stream) ?? 0;
    const changes = caseless ? { caseId: null } : {};
    const events = Array.from({ length: count }, () => event(undefined, changes)) as unknown as NonEmpty<SealedEvent>;
    await log.append(stream, at === 0 ? 'none' : at, events, commandId());
    taken.set(stream, at + count);
  }
  await log.bindKeySet('the-keys');
  return log;
};

const withoutPlace = (events: readonly StoredEvent[]) => events.map(({ position: _, ...rest }) => rest);

/** What moves a record into this engine: everything but positions is as it was. */
export const copying = (bench: () => Bench): void => {
  it('takes over a record as it was, and goes on where a copy was cut off', async () => {
    const { harness } = bench();
    await fc.assert(
      fc.asyncProperty(fc.array(append, { minLength: 1, maxLength: 12 }), fc.nat(), async (appends, cut) => {
        const from = await aRecord(appends);
        const clock = new RecordedClock();
        const to = await harness.open(clock);
        try {
          const part = await aCutOff(from, cut % appends.length);
          await copyLog({ from: part, to, clock });
          const { found, copied } = await copyLog({ from, to, clock });
          expect(found).toBe((await everything(part)).length);
          expect(withoutPlace(await everything(to))).toEqual(withoutPlace(await everything(from)));
          expect(found + copied).toBe((await everything(from)).length);
          expect(await to.keySetId()).toBe('the-keys');
        } finally {
          await to.close();
        }
      }),
      { numRuns: 10 },
    );
  });

  it('does not copy into another record', async () => {
    const { harness } = bench();
    const from = await aRecord([{ stream: contactA, count: 2, laterMs: 0, caseless: false }]);
    const clock = new RecordedClock();
    const to = await harness.open(clock);
    clock.at = '2026-03-02T09:15:00.000Z' as RecordedClock['at'];
    await to.append(contactA, 'none', [event()], commandId());
    await expect(copyLog({ from, to, clock })).rejects.toThrow(StoreUnusable);
    expect(await everything(to)).toHaveLength(1);
    await to.close();
  });
};

/** The same record as it was after its first appends. */
const aCutOff = async (from: EventLog, appends: number): Promise<EventLog> => {
  const clock = new HandClock();
  const log = memoryEventLog({ clock });
  const commands = [...new Set((await everything(from)).map((one) => one.commandId))].slice(0, appends);
  for (const command of commands) {
    const events = (await everything(from)).filter((one) => one.commandId === command) as unknown as NonEmpty<StoredEvent>;
    clock.at = events[0].recordedAt;
    await log.append(events[0].stream, events[0].version === 1 ? 'none' : events[0].version - 1, events, command);
  }
  await log.bindKeySet('the-keys');
  return log;
};
