import { expect, it } from '@jest/globals';
import type { After, CaughtUp, EventLog, Filter, StoredEvent } from '../event-log.js';
import type { Bench } from './event-log.suite.js';
import { commandId, consentA, contactA, contactB, event, everything, mayasCase } from './samples.js';

type Item = readonly StoredEvent[] | CaughtUp;
const isMark = (item: Item): item is CaughtUp => 'caughtUp' in item;

/** Follows a log until a condition holds, then ends by the signal. */
const follow = async (
  log: EventLog,
  after: After,
  filter: Filter | undefined,
  until: (items: readonly Item[]) => boolean | Promise<boolean>,
) => {
  const stop = new AbortController();
  const items: Item[] = [];
  for await (const item of log.subscribe(after, filter, stop.signal)) {
    items.push(item);
    if (await until(items)) stop.abort();
  }
  return items;
};
const eventsOf = (items: readonly Item[]): StoredEvent[] => items.flatMap((item) => (isMark(item) ? [] : item));
const marks = (items: readonly Item[]): CaughtUp[] => items.filter(isMark);

export const subscribing = (bench: () => Bench): void => {
  it('gives what is there, marks that it caught up, and goes on with what comes', async () => {
    const { log } = bench();
    await log.append(contactA, 'none', [event(), event()], commandId());
    const items = await follow(log, 'start', undefined, async (seen) => {
      if (marks(seen).length === 1 && isMark(seen.at(-1)!)) await log.append(contactB, 'none', [event()], commandId());
      return marks(seen).length === 2;
    });
    expect(eventsOf(items)).toEqual(await everything(log));
    expect(items.map(isMark)).toEqual([false, true, false, true]);
    expect(marks(items).map(({ position }) => position)).toEqual([(await everything(log))[1]?.position, await log.head()]);
  });

  it('marks an empty log as caught up at the start', async () => {
    const items = await follow(bench().log, 'start', undefined, () => true);
    expect(items).toEqual([{ caughtUp: true, position: 'start' }]);
  });

  it('resumes from any position without a gap or a repetition', async () => {
    const { log } = bench();
    for (const stream of [contactA, contactB, consentA]) await log.append(stream, 'none', [event(), event()], commandId());
    const all = await everything(log);
    for (const [index, { position }] of all.entries()) {
      const items = await follow(log, position, undefined, (seen) => marks(seen).length === 1);
      expect(eventsOf(items)).toEqual(all.slice(index + 1));
    }
  });

  it('gives only what the filter lets through, and marks the head even when that is nothing', async () => {
    const { log } = bench();
    await log.append(contactA, 'none', [event()], commandId());
    const items = await follow(log, 'start', { caseId: mayasCase }, async (seen) => {
      if (seen.length === 1) await log.append(contactB, 'none', [event()], commandId());
      if (seen.length === 2) await log.append(consentA, 'none', [event('assessment.ConsentGiven.v1', { caseId: mayasCase })], commandId());
      return eventsOf(seen).length === 1 && marks(seen).length === 3;
    });
    const all = await everything(log);
    expect(marks(items).map(({ position }) => position)).toEqual(all.map(({ position }) => position));
    expect(eventsOf(items).map(({ stream }) => stream)).toEqual([consentA]);
  });

  it('catches up over many pages in order while others append', async () => {
    const { log } = bench();
    const writing = (async () => {
      for (let version = 0; version < 600; version += 2)
        await log.append(contactA, version === 0 ? 'none' : version, [event(), event()], commandId());
    })();
    const items = await follow(log, 'start', undefined, (seen) => eventsOf(seen.slice(-2)).at(-1)?.version === 600);
    await writing;
    expect(eventsOf(items).map(({ version }) => version)).toEqual(Array.from({ length: 600 }, (_, index) => index + 1));
  });

  it('ends without an error when the signal says so, also while it waits or before it began', async () => {
    const { log } = bench();
    const stop = new AbortController();
    const waiting = (async () => {
      for await (const item of log.subscribe('start', undefined, stop.signal)) if (isMark(item)) setImmediate(() => stop.abort());
    })();
    await expect(waiting).resolves.toBeUndefined();
    const items: Item[] = [];
    for await (const item of log.subscribe('start', undefined, stop.signal)) items.push(item);
    expect(items).toEqual([]);
  });

  it('lets each of several subscribers go at its own pace', async () => {
    const { log } = bench();
    const followers = [1, 2, 3].map(() => follow(log, 'start', undefined, (seen) => eventsOf(seen).length === 4));
    await log.append(contactA, 'none', [event(), event()], commandId());
    await log.append(contactB, 'none', [event(), event()], commandId());
    const all = await everything(log);
    for (const items of await Promise.all(followers)) expect(eventsOf(items)).toEqual(all);
  });
};
