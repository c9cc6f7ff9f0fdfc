import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventTypeFilter, jsonEvent, KurrentDBClient } from '@kurrent/kurrentdb-client';
import type { NonEmpty } from '@waymark/kernel';
import { StandIn } from '../../../test/kurrentdb/stand-in.js';
import { Proxy } from '../../conformance/network.js';
import { commandId, contactA, contactB, event, everything, HandClock, streamOf } from '../../conformance/samples.js';
import type { After, CaughtUp, EventLog, Filter, SealedEvent, StoredEvent } from '../../event-log.js';
import { ids, urlAt } from './harness.fixture.js';
import { openKurrentEventLog } from './log.js';

const many = (count: number, type?: string) => Array.from({ length: count }, () => event(type)) as unknown as NonEmpty<SealedEvent>;
const unreachable = { name: 'StoreUnavailable', reason: 'unreachable' };

describe('KurrentDB behind a bad connection (played by a stand-in)', () => {
  let server: StandIn;
  let wire: Proxy;
  let way: string;
  let log: EventLog;
  const open = (url = way) => openKurrentEventLog({ url, clock: new HandClock(), ids, timeoutMs: 2_000 });
  const restart = async () => {
    const { database, port } = server;
    server = await StandIn.start({ database, port });
  };

  beforeEach(async () => {
    server = await StandIn.start();
    wire = await Proxy.to({ host: '127.0.0.1', port: server.port });
    way = urlAt({ host: '127.0.0.1', port: wire.port });
    log = await open();
  });
  afterEach(async () => {
    await log.close();
    await wire.close();
    server.stop();
  });

  describe('an append whose answer is lost', () => {
    const loseNextAnswer = () => {
      server.faults.beforeAnswer = () => {
        server.faults.beforeAnswer = undefined;
        wire.cut();
      };
    };

    it('is unavailable, is there, and is found by its command instead of being written twice', async () => {
      const command = commandId();
      await log.append(contactA, 'none', [event()], commandId());
      loseNextAnswer();
      const lost = log.append(contactA, 1, many(2), command);
      await expect(lost).rejects.toMatchObject({ ...unreachable, cause: expect.anything() });
      wire.heal();
      expect(await log.append(contactA, 1, [event()], command)).toMatchObject({ first: 2, last: 3, repeated: true });
      expect(await log.committed(contactA, command)).toMatchObject({ first: 2, last: 3 });
      expect(await streamOf(log, contactA)).toHaveLength(3);
    });

    it('that began its stream is found too, also by another process', async () => {
      const [command, events] = [commandId(), many(2)];
      loseNextAnswer();
      await expect(log.append(contactA, 'none', events, command)).rejects.toMatchObject(unreachable);
      wire.heal();
      const other = await open();
      expect(await other.append(contactA, 'none', [events[0]], command)).toMatchObject({ first: 1, last: 2, repeated: true });
      expect(await everything(other)).toHaveLength(2);
      await other.close();
    });

    it('is found as soon as the server shows it, which it counts before', async () => {
      const command = commandId();
      loseNextAnswer();
      await expect(log.append(contactA, 'none', [event()], command)).rejects.toMatchObject(unreachable);
      wire.heal();
      server.faults.hidesNewest = 3;
      expect(await log.append(contactA, 'none', [event()], command)).toMatchObject({ first: 1, repeated: true });
      server.faults.hidesNewest = 3;
      await expect(log.append(contactA, 'none', [event()], commandId())).rejects.toMatchObject({ name: 'WrongExpectedVersion', actual: 1 });
    });

    // What the expected state and the command are for.
    it('would be written twice by a client that expects nothing', async () => {
      const client = KurrentDBClient.connectionString(way);
      const append = () => client.appendToStream('plain', jsonEvent({ type: 'T', data: {} }));
      loseNextAnswer();
      await expect(append()).rejects.toThrow();
      wire.heal();
      await append();
      expect(server.database.stream('plain')).toHaveLength(2);
      await client.dispose();
    });
  });

  // Why the engine gets a new id for an event at every attempt.
  it('the engine answers a repetition that it recognises by its ids with what was sent, not with what was written', async () => {
    const client = KurrentDBClient.connectionString(server.url);
    const [one, two] = [jsonEvent({ type: 'T', data: {} }), jsonEvent({ type: 'T', data: {} })];
    await client.appendToStream('plain', [one, two], { streamState: 'no_stream' });
    const again = await client.appendToStream('plain', [one], { streamState: 'no_stream' });
    expect(again).toMatchObject({ success: true, nextExpectedRevision: 0n });
    await client.dispose();
  });

  it('an append that never arrived is unavailable, and can be given again', async () => {
    const command = commandId();
    wire.cut();
    await expect(log.append(contactA, 'none', [event()], command)).rejects.toMatchObject(unreachable);
    wire.heal();
    expect(await log.append(contactA, 'none', [event()], command)).toMatchObject({ first: 1, repeated: false });
  });

  it('reads and writes go on after the server was away, and after it was restarted with its data', async () => {
    await log.append(contactA, 'none', [event()], commandId());
    // It may arrive just before the end, and its answer be lost: so it is the same command throughout.
    const command = commandId();
    server.stop();
    for (let asked = 0; asked < 3; asked += 1) {
      await expect(log.head()).rejects.toMatchObject(unreachable);
      await expect(everything(log)).rejects.toMatchObject(unreachable);
      await expect(log.append(contactA, 1, [event()], command)).rejects.toMatchObject(unreachable);
    }
    await restart();
    expect(await log.head()).not.toBe('start');
    await eventually(() => log.append(contactA, 1, [event()], command));
    expect(await everything(log)).toHaveLength(2);
  });

  // Why a reading client that failed is left for a new one.
  it("the client's own reads never come when the first could not connect", async () => {
    const client = KurrentDBClient.connectionString(`${way}&discoveryInterval=10`);
    const read = async () => {
      for await (const _ of client.readAll({ maxCount: 1, filter: eventTypeFilter({ prefixes: ['T'] }) })) return;
    };
    wire.cut();
    await expect(read()).rejects.toMatchObject({ type: 'unavailable' });
    wire.heal();
    for (let asked = 0; asked < 3; asked += 1) await expect(read()).rejects.toMatchObject({ type: 'unavailable' });
  });

  describe('a subscription', () => {
    const follow = async (after: After, filter: Filter | undefined, until: (events: StoredEvent[], marks: CaughtUp[]) => boolean) => {
      const stop = new AbortController();
      const [events, marks]: [StoredEvent[], CaughtUp[]] = [[], []];
      for await (const item of log.subscribe(after, filter, stop.signal)) {
        if ('caughtUp' in item) marks.push(item);
        else events.push(...item);
        if (until(events, marks)) stop.abort();
      }
      return { events, marks };
    };

    it.each([
      ['everything', undefined],
      ['a kind of stream', { streamPrefixes: ['referral.contact-'] }],
      ['a kind of event', { typePrefixes: ['referral.'] }],
      ['streams and events of a kind', { typePrefixes: ['referral.'], streamPrefixes: ['referral.contact-'] }],
    ] as const)('of %s that breaks again and again loses no event and repeats none', async (_, filter) => {
      await log.append(contactA, 'none', many(300), commandId());
      server.faults.breakAfter = 90;
      const { events } = await follow('start', filter, (seen) => seen.length >= 300);
      expect(events).toEqual(await everything(log));
    });

    // The same faults do break a subscription that does not come back.
    it("that is the client's own ends there", async () => {
      await log.append(contactA, 'none', many(30), commandId());
      server.faults.breakAfter = 10;
      const client = KurrentDBClient.connectionString(server.url);
      const seen: unknown[] = [];
      const reading = (async () => {
        for await (const { event: one } of client.subscribeToAll({ filter: eventTypeFilter({ prefixes: ['referral.'] }) })) seen.push(one);
      })();
      await expect(reading).rejects.toMatchObject({ type: 'unavailable' });
      expect(seen.length).toBeLessThanOrEqual(10);
      await client.dispose();
    });

    it('goes on where it was after the server was restarted, with what was appended meanwhile', async () => {
      await log.append(contactA, 'none', many(3), commandId());
      let restarted: Promise<void> | undefined;
      const { events } = await follow('start', undefined, (seen, marks) => {
        if (marks.length === 1)
          restarted ??= (async () => {
            server.stop();
            await restart();
            const other = await open(server.url);
            await other.append(contactA, 3, many(3), commandId());
            await other.close();
          })();
        return seen.length >= 6;
      });
      await restarted;
      expect(events.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6]);
    });

    it.each([
      ['behind it', 'start'],
      ['at it', 'head'],
    ] as const)('with a narrow filter marks the head, from %s, though nothing passed', async (_, from) => {
      for (const stream of [contactA, contactB]) await log.append(stream, 'none', many(40), commandId());
      const after = from === 'start' ? from : await log.head();
      let more: Promise<unknown> | undefined;
      const { events, marks } = await follow(after, { typePrefixes: ['planning.'] }, (_seen, marked) => {
        more ??= log.append(contactA, 40, [event()], commandId());
        return marked.length === 2;
      });
      const all = await everything(log);
      expect(events).toEqual([]);
      expect(marks.map(({ position }) => position)).toEqual([all[79]!.position, all[80]!.position]);
      await more;
    });

    it('that is slow gets everything in order, and is at the head only after it', async () => {
      for (let version = 0; version < 2_000; version += 500) await log.append(contactA, version || 'none', many(500), commandId());
      const stop = new AbortController();
      const order: (number | 'mark')[] = [];
      for await (const item of log.subscribe('start', undefined, stop.signal)) {
        if ('caughtUp' in item) stop.abort();
        order.push(...('caughtUp' in item ? (['mark'] as const) : item.map(({ version }) => version)));
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      expect(order).toEqual([...Array.from({ length: 2_000 }, (_, index) => index + 1), 'mark']);
    });

    it('that nobody reads any more is given up', async () => {
      for await (const item of log.subscribe('start', undefined, new AbortController().signal)) if ('caughtUp' in item) break;
      await eventually(async () => expect(server.database.watched).toBe(0));
    });

    it('begun while the server is away starts when it is back', async () => {
      wire.cut();
      const following = follow('start', undefined, (_, marks) => marks.length === 1);
      await new Promise((resolve) => setTimeout(resolve, 200));
      wire.heal();
      expect((await following).marks).toEqual([{ caughtUp: true, position: 'start' }]);
    });

    it('says that the store is closed when it is', async () => {
      const following = follow('start', undefined, (_, marks) => {
        if (marks.length === 1) void log.close();
        return false;
      });
      await expect(following).rejects.toMatchObject({ name: 'StoreUnavailable', reason: 'closed' });
    });
  });

  describe('a server that', () => {
    it('takes requests and never answers is unavailable in time', async () => {
      server.faults.silent = true;
      await expect(log.append(contactA, 'none', [event()], commandId())).rejects.toMatchObject(unreachable);
      await expect(streamOf(log, contactA)).rejects.toMatchObject(unreachable);
      await expect(log.head()).rejects.toMatchObject(unreachable);
    });

    it('is not the leader is unavailable', async () => {
      server.faults.leaderAt = { host: '127.0.0.1', port: server.port };
      await expect(streamOf(log, contactA)).rejects.toMatchObject(unreachable);
    });

    it('refuses access is no matter of waiting: the message says whom to let in', async () => {
      server.faults.accessDenied = true;
      for (const asking of [
        () => log.append(contactA, 'none', [event()], commandId()),
        () => streamOf(log, contactA),
        () => open(),
        () => log.subscribe('start', undefined, new AbortController().signal)[Symbol.asyncIterator]().next(),
      ])
        await expect(asking()).rejects.toMatchObject({ name: 'StoreUnusable', message: expect.stringContaining('$admins') });
    });

    it('is not there keeps a log from opening, and is named', async () => {
      server.stop();
      await expect(open()).rejects.toMatchObject({ ...unreachable, message: expect.stringMatching(/KurrentDB at 127\.0\.0\.1:\d+/) });
    });

    it('takes less than an event may be says which setting to raise', async () => {
      const small = await StandIn.start({ maxAppendSize: 1024 });
      const other = await open(small.url);
      await expect(other.append(contactA, 'none', many(5), commandId())).rejects.toMatchObject({
        name: 'StoreUnusable',
        message: expect.stringContaining('MaxAppendSize'),
      });
      await other.close();
      small.stop();
    });
  });
});

const eventually = async <T>(work: () => Promise<T>, tries = 20): Promise<T> => {
  for (let left = tries; ; left -= 1) {
    try {
      return await work();
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
};
