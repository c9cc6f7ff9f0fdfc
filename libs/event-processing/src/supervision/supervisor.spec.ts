import { MemoryBus } from '@waymark/messaging';
import { MemoryReadModelStore, type Document } from '@waymark/read-model';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { append, caseOf, clock, Counted, counted, noPause } from '../../test/events.js';
import { MemoryEvents } from '../../test/memory-events.js';
import { Consumer } from '../bus/consumer.js';
import { projection, ProjectionReaction } from '../projections/projection.js';
import { relayReaction } from '../relay/relay.js';
import { NotIdle, waitUntilIdle } from './wait-until-idle.js';
import { Subscriber } from '../log/subscriber.js';
import { NoSuchReaction, Supervisor } from './supervisor.js';

const sums = { name: 'planning.sums', indexes: [] };
interface Sum extends Document {
  readonly sum: number;
}

describe('the supervisor of a service', () => {
  let store: MemoryEvents;
  let readModel: MemoryReadModelStore;
  let bus: MemoryBus;
  let broken: boolean;
  let held: Promise<void> | undefined;
  let copied: number[];
  let planning: Supervisor;
  let reporting: Supervisor;

  beforeEach(async () => {
    [store, readModel, bus, broken, held, copied] = [
      new MemoryEvents(),
      new MemoryReadModelStore(),
      new MemoryBus({ contracts: [counted], sleep: noPause }),
      false,
      undefined,
      [],
    ];
    const deps = { store, readModel, clock, sleep: noPause };
    const sum = projection({
      name: 'planning.sum',
      collections: [sums],
      handles: [Counted],
      project: async ({ data, caseId }, documents) => {
        await held;
        if (broken) throw new Error('broken');
        const known = await documents.get<Sum>(sums.name, caseId ?? '');
        documents.put(sums.name, { id: caseId ?? '', sum: (known?.sum ?? 0) + data.n });
      },
    });
    planning = new Supervisor('planning', [
      new ProjectionReaction(sum, deps),
      relayReaction(
        { name: 'planning.relay', handles: [Counted], topics: [counted.topic], publish: ({ data }) => [{ contract: counted, data }] },
        bus,
        deps,
      ),
    ]);
    const effect = async (messages: readonly { data: { n: number } }[]) => {
      for (const { data } of messages) {
        copied.push(data.n);
        // What a consumer sets going is part of settling.
        if (data.n < 3) await append(store, 'a', Counted({ n: data.n + 1 }));
      }
    };
    reporting = new Supervisor('reporting', [new Consumer({ name: 'reporting.copy', handles: [counted], effect }, bus, deps)]);
  });
  afterEach(async () => {
    await Promise.all([planning.stop(), reporting.stop()]);
    await bus.close();
  });
  const all = () => [...planning.all(), ...reporting.all()];
  const start = () => Promise.all([planning.start(), reporting.start()]);

  it('starts and stops all of them and says how each is', async () => {
    expect(planning.status().map(({ name, running }) => [name, running])).toEqual([
      ['planning.sum', false],
      ['planning.relay', false],
    ]);
    await start();
    await append(store, 'a', Counted({ n: 5 }));
    await waitUntilIdle({ store, reactions: all() });
    expect(planning.status()).toMatchObject([
      {
        name: 'planning.sum',
        reads: 'log',
        running: true,
        caughtUp: true,
        seen: await store.head(),
        pending: 0,
        parkedCases: 0,
        retrying: false,
      },
      { name: 'planning.relay', running: true },
    ]);
    await planning.stop();
    expect(planning.status().every(({ running }) => !running)).toBe(true);
  });

  it('is a read barrier: what was written is read by whoever waits, and a wait has an end', async () => {
    await start();
    let release = (): void => undefined;
    held = new Promise((resolve) => (release = resolve));
    const { position } = await append(store, 'a', Counted({ n: 5 }));
    expect(await planning.waitFor(position, 20)).toBe(false);
    release();
    expect(await planning.waitFor(position, 5_000)).toBe(true);
    expect(await readModel.get(sums.name, caseOf('a'))).toMatchObject({ sum: 5 });
    expect(await planning.waitFor('start', 0)).toBe(true);
  });

  it('lists what is parked, replays a case and rebuilds a projection, by name', async () => {
    broken = true;
    await start();
    await append(store, 'a', Counted({ n: 5 }));
    await waitUntilIdle({ store, reactions: all() });
    expect(await planning.parked()).toMatchObject([{ reaction: 'planning.sum', key: caseOf('a') }]);
    broken = false;
    expect(await planning.replay('planning.sum', caseOf('a'))).toEqual({ replayed: 1, left: 0 });
    expect((await planning.rebuild('planning.sum')).events).toBe(1);
    expect(await readModel.get(sums.name, caseOf('a'))).toMatchObject({ sum: 5 });
    expect(() => planning.replay('planning.nothing', caseOf('a'))).toThrow(NoSuchReaction);
    expect(() => planning.rebuild('planning.relay')).toThrow(/is no projection/);
  });

  it('refuses two reactions of one name, and one of another service', () => {
    const one = (name: string) => new Subscriber({ name, effect: async () => undefined }, { store, readModel, clock });
    expect(() => new Supervisor('planning', [one('planning.x'), one('planning.x')])).toThrow(/share a name/);
    expect(() => new Supervisor('planning', [one('referral.x')])).toThrow(/another service/);
    expect(() => one('nothing')).toThrow(TypeError);
  });

  describe('settling', () => {
    it('lasts until what reactions set going is done too', async () => {
      await append(store, 'a', Counted({ n: 1 }));
      await start();
      await waitUntilIdle({ store, reactions: all() });
      expect(copied).toEqual([1, 2, 3]);
      expect(await readModel.get(sums.name, caseOf('a'))).toMatchObject({ sum: 6 });
    });

    it('looks again when the last message of a consumer brought about a new event', async () => {
      const head = { now: await store.head() };
      const asked: string[] = [];
      const log = new Subscriber({ name: 'planning.x', effect: async () => undefined }, { store, readModel, clock });
      log.waitFor = async (position) => (asked.push(position), true);
      const bus = Object.assign(new Subscriber({ name: 'planning.y', effect: async () => undefined }, { store, readModel, clock }), {
        lag: async () => {
          head.now = '0000000000000001' as typeof head.now;
          return 0;
        },
      });
      bus.waitFor = async () => true;
      await waitUntilIdle({ store: { head: async () => head.now }, reactions: [log, bus] });
      expect(asked).toEqual(['start', '0000000000000001']);
    });

    it('is at once where nothing has happened', async () => {
      await start();
      await waitUntilIdle({ store, reactions: all(), timeoutMs: 1_000 });
      expect(copied).toEqual([]);
    });

    it('ends with the names of those that are busy', async () => {
      await start();
      let release = (): void => undefined;
      held = new Promise((resolve) => (release = resolve));
      await append(store, 'a', Counted({ n: 9 }));
      const busy = waitUntilIdle({ store, reactions: all(), timeoutMs: 50 });
      await expect(busy).rejects.toThrow(NotIdle);
      await expect(busy).rejects.toThrow(/planning\.sum/);
      release();
    });
  });
});
