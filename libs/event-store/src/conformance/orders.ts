import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { NonEmpty, StreamName } from '@waymark/kernel';
import { WrongExpectedVersion, type SealedEvent } from '../event-log.js';
import type { Bench } from './event-log.suite.js';
import { collect, commandId, event, everything, HandClock, streamOf } from './samples.js';

const streams = ['referral.contact-a', 'referral.contact-b', 'assessment.eha-a'] as const;
/** What one writer does: to which stream, how many events, and whether it waits for the ones before. */
const step = fc.record({
  stream: fc.constantFrom(...streams),
  count: fc.integer({ min: 1, max: 4 }),
  waits: fc.boolean(),
  repeats: fc.boolean(),
});

export const orders = (bench: () => Bench): void => {
  it('any interleaving of appends gives dense versions and one order that all readers share', async () => {
    const { harness } = bench();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const log = await harness.open(new HandClock());
        try {
          const taken = new Map<StreamName, number>();
          const under: Promise<unknown>[] = [];
          for (const { stream, count, waits, repeats } of steps) {
            const at = taken.get(stream) ?? 0;
            const events = Array.from({ length: count }, () => event()) as unknown as NonEmpty<SealedEvent>;
            const command = commandId();
            under.push(log.append(stream, at === 0 ? 'none' : at, events, command));
            if (repeats) under.push(log.append(stream, at, events, command));
            under.push(log.append(stream, at + 17, events, commandId()).then(neverTaken, onlyWrongVersion));
            taken.set(stream, at + count);
            if (waits) await Promise.all(under);
          }
          await Promise.all(under);
          const all = await everything(log);
          expect(all).toHaveLength([...taken.values()].reduce((sum, count) => sum + count, 0));
          expect(all.map(({ position }) => position)).toEqual([...new Set(all.map(({ position }) => position))].sort());
          for (const [stream, count] of taken) {
            const own = await streamOf(log, stream);
            expect(own.map(({ version }) => version)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
            expect(all.filter((one) => one.stream === stream)).toEqual(own);
            expect(await collect(log.readAll('start', { filter: { streamPrefixes: [stream] }, pageSize: 3 }))).toEqual(own);
          }
        } finally {
          await log.close();
        }
      }),
      { numRuns: 40 },
    );
  });
};

const neverTaken = (): never => {
  throw new Error('an append at a wrong version was taken');
};
const onlyWrongVersion = (error: unknown): void => expect(error).toBeInstanceOf(WrongExpectedVersion);
