import { StoreUnavailable } from '@waymark/event-store';
import { MemoryReadModelStore, ReadModelUnavailable, type Batch, type Document } from '@waymark/read-model';
import { beforeEach, afterEach, describe, expect, it, jest } from '@jest/globals';
import { append, at, caseOf, clock, Counted, Noted, noPause, streamOf, until } from '../../test/events.js';
import { MemoryEvents } from '../../test/memory-events.js';
import { ReactionFailure } from '../core/failure.js';
import { ReplayInProgress } from '../core/replays.js';
import { projection, ProjectionReaction } from '../projections/projection.js';
import type { Progress } from '../core/reaction.js';
import { Subscriber } from './subscriber.js';

interface Tally extends Document {
  readonly seen: readonly number[];
}
const tallies = { name: 'planning.tallies', indexes: [] };

describe('a subscriber', () => {
  let store: MemoryEvents;
  let readModel: MemoryReadModelStore;
  let started: Subscriber[];
  /** What the projection chokes on, by number. */
  let broken: Set<number>;
  let tries: number[];

  const tally = projection({
    name: 'planning.tally',
    collections: [tallies],
    handles: [Counted],
    needs: ({ stream }) => [{ in: tallies.name, id: stream }],
    project: async (event, documents) => {
      tries.push(event.data.n);
      const known = await documents.get<Tally>(tallies.name, event.stream);
      documents.put(tallies.name, { id: event.stream, seen: [...(known?.seen ?? []), event.data.n] });
      if (broken.has(event.data.n)) throw new RangeError(`Jane Doe choked on ${event.data.n}`);
    },
  });
  const make = (more: Partial<ConstructorParameters<typeof ProjectionReaction>[1]> = {}) => {
    const reaction = new ProjectionReaction(tally, { store, readModel, clock, sleep: noPause, ...more });
    started.push(reaction);
    return reaction;
  };
  const start = async (more?: Parameters<typeof make>[0]) => {
    const reaction = make(more);
    await reaction.declare();
    reaction.start();
    return reaction;
  };
  const atHead = async (reaction: Subscriber) => expect(await reaction.waitFor(await store.head(), 5_000)).toBe(true);
  const seenBy = async (name: string) => (await readModel.get<Tally>(tallies.name, streamOf(name)))?.seen ?? [];
  const count = async (name: string, ...numbers: readonly number[]) => {
    for (const n of numbers) await append(store, name, Counted({ n }));
  };

  beforeEach(() => {
    store = new MemoryEvents();
    readModel = new MemoryReadModelStore();
    started = [];
    broken = new Set();
    tries = [];
  });
  afterEach(() => Promise.all(started.map((reaction) => reaction.stop())));

  it('lets each event take effect, goes on with new ones, and resumes after its checkpoint', async () => {
    await count('a', 1, 2, 3, 4);
    const first = await start();
    await atHead(first);
    await count('a', 5);
    await append(store, 'a', Noted({ n: 99 }));
    await atHead(first);
    await first.stop();
    await count('a', 6);
    tries = [];
    await atHead(await start());
    expect(await seenBy('a')).toEqual([1, 2, 3, 4, 5, 6]);
    expect(tries).toEqual([6]);
  });

  it('rests at the head after a page, so that what is recorded meanwhile takes effect in one write, until somebody waits', async () => {
    let rests = 0;
    const untilWanted = (signal: AbortSignal) =>
      new Promise<void>((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true })));
    const sleep = (ms: number, signal?: AbortSignal) => (ms === 100 && signal ? ((rests += 1), untilWanted(signal)) : noPause());
    await count('a', 1);
    const reaction = await start({ sleep, restMs: 100 });
    await until(() => rests === 1);
    const writes = jest.spyOn(readModel, 'write');
    await count('a', 2, 3);
    await count('b', 4);
    for (let turns = 0; turns < 20; turns += 1) await noPause();
    expect([await seenBy('a'), writes.mock.calls.length]).toEqual([[1], 0]);
    await atHead(reaction);
    expect([await seenBy('a'), await seenBy('b'), writes.mock.calls.length]).toEqual([[1, 2, 3], [4], 1]);
    await until(() => rests === 2);
    // Who has waited since before a page came, and waits on, leaves no time for a rest.
    const waiting = reaction.waitFor(String(Number(await store.head()) + 2).padStart(16, '0') as never, 5_000);
    await count('a', 5);
    await until(() => writes.mock.calls.length === 2);
    await count('a', 6);
    expect([await waiting, await seenBy('a')]).toEqual([true, [1, 2, 3, 5, 6]]);
  });

  it('parks the case of an event that fails for good, with its later events, while other cases go on', async () => {
    broken.add(2);
    await count('a', 1, 2);
    await count('b', 10, 11);
    await count('a', 3);
    const reaction = await start();
    await atHead(reaction);
    await count('a', 4);
    await count('b', 12);
    await atHead(reaction);
    expect(await seenBy('a')).toEqual([1]);
    expect(await seenBy('b')).toEqual([10, 11, 12]);
    const letters = await reaction.parked();
    expect(letters.map(({ because, attempts, key }) => [because, attempts, key])).toEqual([
      ['failed', 5, caseOf('a')],
      ['behind', 0, caseOf('a')],
      ['behind', 0, caseOf('a')],
    ]);
    expect(letters[0]).toMatchObject({
      reaction: 'planning.tally',
      type: 'planning.Counted.v1',
      error: 'RangeError',
      firstSeen: at,
      origin: { stream: streamOf('a'), version: 2 },
    });
    expect(letters[0]?.message).toMatch(/^thrown at subscriber\.spec/);
    expect(JSON.stringify(letters)).not.toContain('Jane');
    expect(reaction.status()).toMatchObject({
      running: true,
      caughtUp: true,
      retrying: false,
      parkedCases: 1,
      parkedItems: 3,
      lastError: 'RangeError',
    });
  });

  it('tells the message of a failure that was written to be told', async () => {
    const failing = new Subscriber(
      { name: 'planning.fails', effect: () => Promise.reject(new ReactionFailure('no such deadline was set')) },
      { store, readModel, clock, sleep: noPause, retry: { attempts: 1, firstPauseMs: 1, longestPauseMs: 1 } },
    );
    started.push(failing);
    await count('a', 1);
    failing.start();
    await atHead(failing);
    expect(await failing.parked()).toMatchObject([{ error: 'ReactionFailure', message: 'no such deadline was set', attempts: 1 }]);
  });

  it('remembers across a restart what is parked', async () => {
    broken.add(1);
    await count('a', 1);
    const first = await start();
    await atHead(first);
    await first.stop();
    broken.clear();
    await count('a', 2);
    const second = await start();
    await atHead(second);
    expect(await seenBy('a')).toEqual([]);
    expect(second.status().parkedItems).toBe(2);
  });

  it('tries a few times before it parks', async () => {
    let failures = 3;
    const shaky = new Subscriber(
      { name: 'planning.shaky', effect: async () => void (failures-- > 0 ? await Promise.reject(new Error('once more')) : undefined) },
      { store, readModel, clock, sleep: noPause },
    );
    started.push(shaky);
    await count('a', 1);
    shaky.start();
    await atHead(shaky);
    expect(failures).toBe(-1);
    expect(shaky.status().parkedCases).toBe(0);
  });

  it('replays a parked case in order and unparks it, new events of the case in their place', async () => {
    broken.add(1);
    await count('a', 1, 2, 3);
    const reaction = await start();
    await atHead(reaction);
    expect(await reaction.replay(caseOf('a'))).toEqual({ replayed: 0, left: 3 });
    expect((await reaction.parked())[0]).toMatchObject({ because: 'failed', attempts: 6 });
    broken.clear();
    const replay = reaction.replay(caseOf('a'));
    await count('a', 4, 5);
    expect((await replay).left).toBe(0);
    await atHead(reaction);
    expect(await seenBy('a')).toEqual([1, 2, 3, 4, 5]);
    expect(await reaction.parked()).toEqual([]);
    expect(reaction.status().parkedCases).toBe(0);
    await count('a', 6);
    await atHead(reaction);
    expect(await seenBy('a')).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('stops a replay at the next event that fails, and keeps the rest parked', async () => {
    broken.add(1).add(3);
    await count('a', 1, 2, 3, 4);
    const reaction = await start();
    await atHead(reaction);
    broken.delete(1);
    expect(await reaction.replay(caseOf('a'))).toEqual({ replayed: 2, left: 2 });
    expect(await seenBy('a')).toEqual([1, 2]);
    expect((await reaction.parked()).map(({ because }) => because)).toEqual(['failed', 'behind']);
  });

  it('runs one replay at a time', async () => {
    broken.add(1);
    await count('a', 1);
    const reaction = await start();
    await atHead(reaction);
    broken.clear();
    const first = reaction.replay(caseOf('a'));
    await expect(reaction.replay(caseOf('a'))).rejects.toThrow(ReplayInProgress);
    expect(await first).toEqual({ replayed: 1, left: 0 });
    expect(await reaction.replay(caseOf('a'))).toEqual({ replayed: 0, left: 0 });
  });

  it('replays while it is stopped too', async () => {
    broken.add(1);
    await count('a', 1, 2);
    const first = await start();
    await atHead(first);
    await first.stop();
    broken.clear();
    expect(await make().replay(caseOf('a'))).toEqual({ replayed: 2, left: 0 });
    expect(await seenBy('a')).toEqual([1, 2]);
  });

  it('parks the case of an event that cannot be read without trying it, until it can', async () => {
    await count('a', 1);
    store.unreadable.add(Counted.type);
    const reaction = await start();
    await atHead(reaction);
    expect(tries).toEqual([]);
    expect(await reaction.parked()).toMatchObject([
      { because: 'unreadable', error: 'UnreadableEvent', type: Counted.type, key: caseOf('a') },
    ]);
    expect(await reaction.replay(caseOf('a'))).toEqual({ replayed: 0, left: 1 });
    store.unreadable.clear();
    expect(await reaction.replay(caseOf('a'))).toEqual({ replayed: 1, left: 0 });
    expect(await seenBy('a')).toEqual([1]);
  });

  it('parks by stream what has no case', async () => {
    broken.add(1);
    await store.append('planning.panel-x', 'none', [{ ...(await sample()), caseId: null }], caseOf('command') as never);
    await count('b', 2);
    const reaction = await start();
    await atHead(reaction);
    expect(await reaction.parked()).toMatchObject([{ key: 'planning.panel-x' }]);
    expect(await seenBy('b')).toEqual([2]);
  });

  const sample = async () => {
    const other = new MemoryEvents();
    await append(other, 'a', Counted({ n: 1 }));
    const [{ id, type, data, occurredAt, actor, purpose, policy, correlationId, causationId }] = other.all as [(typeof other.all)[number]];
    return { id, type, data, occurredAt, actor, purpose, policy, correlationId, causationId };
  };

  it.each([
    ['the read models', new ReadModelUnavailable('the disk is full')],
    ['the store, in the middle of something', new Error('wrapped', { cause: new StoreUnavailable('away', 'unreachable') })],
  ])('never parks because an engine is away (%s): it tries again until it is back, and says so', async (_, error) => {
    let away = true;
    const flaky = Object.create(readModel) as MemoryReadModelStore;
    flaky.write = (batch) => (away ? Promise.reject(error) : readModel.write(batch));
    const pauses: number[] = [];
    const sleep = async (ms: number) => {
      pauses.push(ms);
      await noPause();
    };
    await count('a', 1, 2);
    const reaction = await start({ readModel: flaky, sleep });
    await until(() => pauses.length >= 30);
    expect(reaction.status()).toMatchObject({ retrying: true, lastError: error.name, parkedCases: 0 });
    expect(pauses.slice(0, 4)).toEqual([50, 100, 200, 400]);
    expect(Math.max(...pauses)).toBe(2_000);
    expect(await reaction.waitFor(await store.head(), 5)).toBe(false);
    away = false;
    await atHead(reaction);
    expect(await seenBy('a')).toEqual([1, 2]);
    await until(() => !reaction.status().retrying);
  });

  it('leaves the checkpoint to the faster one when two run under one name, and each event takes effect once', async () => {
    await count('a', 1, 2, 3, 4, 5, 6, 7);
    const both = await Promise.all([start(), start()]);
    await count('a', 8, 9);
    for (const reaction of both) await atHead(reaction);
    expect(await seenBy('a')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('stops between two tries without parking', async () => {
    broken.add(1);
    await count('a', 1);
    const reaction = await start({ sleep: (_, signal) => new Promise((resolve) => signal?.addEventListener('abort', () => resolve())) });
    await until(() => tries.length >= 2);
    await reaction.stop();
    expect(await reaction.parked()).toEqual([]);
    expect(await readModel.checkpoint('planning.tally')).toBe('start');
  });

  it('says how far a catch-up is when it takes over two seconds', async () => {
    await count('a', 1, 2, 3, 4, 5, 6, 7);
    let ms = 0;
    const told: Progress[] = [];
    await atHead(await start({ monotonicMs: () => (ms += 600), report: (progress) => told.push(progress) }));
    expect(told.length).toBeGreaterThan(0);
    expect(told[0]).toMatchObject({ reaction: 'planning.tally', doing: 'catch-up', head: await store.head() });
    const silent: Progress[] = [];
    await atHead(await start({ monotonicMs: () => 0, report: (progress) => silent.push(progress) }));
    expect(silent).toEqual([]);
  });

  describe('of a projection that is rebuilt', () => {
    it.each([
      ['of the events that it says it looks at', [Counted], [Counted.type]],
      ['of no event, where it says that it looks at none', [], []],
      ['of all, where it says nothing', undefined, undefined],
    ])('is given the personal fields %s, running and rebuilding', async (_, opens, asked) => {
      const [subscribe, readAll] = [jest.spyOn(store, 'subscribe'), jest.spyOn(store, 'readAll')];
      const reaction = new ProjectionReaction({ ...tally, ...(opens ? { opens } : {}) }, { store, readModel, clock, sleep: noPause });
      started.push(reaction);
      await reaction.declare();
      reaction.start();
      await reaction.rebuild();
      const typePrefixes = ['planning.Counted.v'];
      expect((subscribe.mock.calls[0] as unknown[])[3]).toEqual(asked);
      expect(readAll.mock.calls[0]?.[1]).toMatchObject({ filter: { typePrefixes }, ...(asked ? { opens: asked } : {}) });
      expect('opens' in (readAll.mock.calls[0]?.[1] ?? {})).toBe(asked !== undefined);
    });

    it('serves the old generation meanwhile, takes in what comes meanwhile, and goes on after the swap', async () => {
      await count('a', 1, 2, 3, 4, 5, 6, 7);
      const reaction = await start();
      await atHead(reaction);
      // Something only a rebuild puts right.
      await readModel.write({ changes: [{ put: { id: 'ghost', seen: [] }, in: tallies.name }] });
      const progress: Progress[] = [];
      let during: readonly number[] = [];
      const rebuilt = await reaction.rebuild((step) => {
        progress.push(step);
        if (progress.length === 1) {
          void count('a', 8, 9);
          void seenBy('a').then((seen) => (during = seen));
        }
      });
      await count('a', 10);
      await atHead(reaction);
      expect(during.slice(0, 7)).toEqual([1, 2, 3, 4, 5, 6, 7]);
      expect(await seenBy('a')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      expect(await readModel.get(tallies.name, 'ghost')).toBeUndefined();
      expect(progress[0]).toMatchObject({ doing: 'rebuild', done: 7, reaction: 'planning.tally' });
      expect(rebuilt.events).toBe(9);
    });

    it('finds the one culprit of a big batch without writing every event by itself', async () => {
      const names = Array.from({ length: 600 }, (_, i) => `n${i}`);
      for (const [i, name] of names.entries()) await append(store, name, Counted({ n: i + 1 }));
      broken.add(300);
      let writes = 0;
      const rebuild = readModel.rebuild.bind(readModel);
      readModel.rebuild = async (...args) => {
        const generation = await rebuild(...args);
        const write = (batch: Batch) => ((writes += 1), generation.store.write(batch));
        return { ...generation, store: { ...generation.store, write } };
      };
      const reaction = make();
      await reaction.rebuild();
      expect((await reaction.parked()).map(({ key }) => key)).toEqual([caseOf('n299')]);
      expect(await seenBy('n298')).toEqual([299]);
      expect(await seenBy('n599')).toEqual([600]);
      expect(writes).toBeLessThan(260);
    });

    it('forgets what was parked where the events now go through, and parks anew what does not', async () => {
      broken.add(2).add(20);
      await count('a', 1, 2, 3);
      await count('b', 20, 21);
      const reaction = await start();
      await atHead(reaction);
      broken.delete(2);
      await reaction.rebuild();
      expect(await seenBy('a')).toEqual([1, 2, 3]);
      expect((await reaction.parked()).map(({ key }) => key)).toEqual([caseOf('b'), caseOf('b')]);
      expect(reaction.status()).toMatchObject({ parkedCases: 1, parkedItems: 2 });
      await count('b', 22);
      await atHead(reaction);
      expect(reaction.status().parkedItems).toBe(3);
    });

    it('runs one rebuild at a time, and leaves the serving documents alone when it fails', async () => {
      await count('a', 1);
      const reaction = await start();
      await atHead(reaction);
      const first = reaction.rebuild();
      await expect(reaction.rebuild()).rejects.toThrow(/a rebuild is at work/);
      await first;
      store.readAll = () => {
        throw new RangeError('broken');
      };
      await expect(reaction.rebuild()).rejects.toThrow(RangeError);
      expect(await seenBy('a')).toEqual([1]);
    });

    it('can be rebuilt while it is stopped', async () => {
      await count('a', 1, 2);
      const reaction = make();
      await reaction.rebuild();
      expect(await seenBy('a')).toEqual([1, 2]);
      await atHead(await start());
      expect(await seenBy('a')).toEqual([1, 2]);
    });
  });
});
