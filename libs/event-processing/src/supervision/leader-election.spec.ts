import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aloneLeases, LeasesUnavailable, type Leases } from '@waymark/leases';
import { MemoryReadModelStore, type Document } from '@waymark/read-model';
import { append, caseOf, clock, Counted, noPause } from '../../test/events.js';
import { MemoryEvents } from '../../test/memory-events.js';
import { projection, ProjectionReaction } from '../projections/projection.js';
import { waitUntilIdle } from './wait-until-idle.js';
import { Supervisor } from './supervisor.js';
import { LeaderElection } from './leader-election.js';

const ttlMs = 300;

describe('a election', () => {
  let answer: boolean | 'unavailable';
  let nowMs: number;
  let looks: (() => void)[];
  let log: string[];
  let election: LeaderElection;

  beforeEach(() => {
    [answer, nowMs, looks, log] = [true, 0, [], []];
    const leases: Leases = {
      take: async () => {
        if (answer === 'unavailable') throw new LeasesUnavailable('away');
        return answer;
      },
      release: async () => void log.push('released'),
      close: async () => undefined,
    };
    const work = { begin: async () => void log.push('begun'), end: async () => void log.push('ended') };
    const sleep = (_: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) => {
        looks.push(resolve);
        signal?.addEventListener('abort', () => resolve());
      });
    election = new LeaderElection('planning.reactions', work, { leases, holder: 'one', ttlMs, sleep, monotonicMs: () => nowMs });
  });
  afterEach(() => election.stop());

  const look = async (atMs: number): Promise<void> => {
    nowMs = atMs;
    looks.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };

  it('begins its work with the lease, once, and lets the lease go when it stops', async () => {
    await election.start();
    await look(100);
    await look(200);
    expect(log).toEqual(['begun']);
    await election.stop();
    expect(log).toEqual(['begun', 'ended', 'released']);
  });

  it('waits while another has the lease, and ends its work when another got it', async () => {
    answer = false;
    await election.start();
    expect([log, election.holds]).toEqual([[], false]);
    answer = true;
    await look(100);
    expect([log, election.holds]).toEqual([['begun'], true]);
    answer = false;
    await look(200);
    expect([log, election.holds]).toEqual([['begun', 'ended'], false]);
  });

  it('goes on while nobody can be asked, but not beyond the end of its lease', async () => {
    await election.start();
    answer = 'unavailable';
    await look(ttlMs - 1);
    expect(log).toEqual(['begun']);
    await look(ttlMs);
    expect(log).toEqual(['begun', 'ended']);
    answer = true;
    await look(ttlMs + 100);
    expect(log).toEqual(['begun', 'ended', 'begun']);
  });
});

describe('two processes of one service', () => {
  const sums = { name: 'planning.sums', indexes: [] };
  interface Sum extends Document {
    readonly sum: number;
  }
  let store: MemoryEvents;
  let readModel: MemoryReadModelStore;
  let leases: Leases;
  let one: Supervisor;
  let two: Supervisor;

  const processOf = (holder: string) => {
    const deps = { store, readModel, clock, sleep: noPause };
    const definition = projection({
      name: 'planning.sum',
      collections: [sums],
      handles: [Counted],
      project: async ({ data, caseId }, documents) => {
        const known = await documents.get<Sum>(sums.name, caseId ?? '');
        documents.put(sums.name, { id: caseId ?? '', sum: (known?.sum ?? 0) + data.n });
      },
    });
    return new Supervisor('planning', [new ProjectionReaction(definition, deps)], { election: { leases, holder, ttlMs: 20 } });
  };

  beforeEach(async () => {
    [store, readModel, leases] = [new MemoryEvents(), new MemoryReadModelStore(), aloneLeases()];
    [one, two] = [processOf('one'), processOf('two')];
    await one.start();
    await two.start();
  });
  afterEach(async () => {
    await Promise.all([one.stop(), two.stop()]);
  });

  it('take the events in once, in one of them; the other says that it stands by', async () => {
    await append(store, 'a', Counted({ n: 5 }));
    await waitUntilIdle({ store, reactions: one.all() });
    expect(one.status()).toMatchObject([{ running: true }]);
    expect(two.status()).toMatchObject([{ running: false, standby: true }]);
    expect(one.status()[0]).not.toHaveProperty('standby');
  });

  it('are a read barrier both: the one that stands by knows by the checkpoint, or by what there is to see', async () => {
    const { position } = await append(store, 'a', Counted({ n: 5 }));
    expect(await two.waitFor(position, 5_000)).toBe(true);
    expect(await readModel.get(sums.name, caseOf('a'))).toMatchObject({ sum: 5 });
    await one.stop();
    await leases.take('planning.reactions', 'nobody', 1);
    const { position: unseen } = await append(store, 'a', Counted({ n: 1 }));
    expect(await two.waitFor(unseen, 30)).toBe(false);
  });

  it('hand over: where one stops the other goes on, and nothing is counted twice', async () => {
    await append(store, 'a', Counted({ n: 5 }));
    await one.stop();
    const { position } = await append(store, 'a', Counted({ n: 2 }));
    expect(await two.waitFor(position, 5_000)).toBe(true);
    expect(two.status()).toMatchObject([{ running: true, caughtUp: true }]);
    expect(await readModel.get(sums.name, caseOf('a'))).toMatchObject({ sum: 7 });
  });

  it('would both be at it without a lease, in vain but without harm: the checkpoint lets one take effect', async () => {
    await one.stop();
    const loose: Leases = { take: async () => true, release: async () => undefined, close: async () => undefined };
    leases = loose;
    const [three, four] = [processOf('three'), processOf('four')];
    await Promise.all([three.start(), four.start()]);
    for (let n = 1; n <= 20; n += 1) await append(store, 'a', Counted({ n: 1 }));
    const head = await store.head();
    expect(await Promise.all([three.waitFor(head as never, 5_000), four.waitFor(head as never, 5_000)])).toEqual([true, true]);
    expect(await readModel.get(sums.name, caseOf('a'))).toMatchObject({ sum: 20 });
    expect([...three.status(), ...four.status()].map(({ running }) => running)).toEqual([true, true]);
    await Promise.all([three.stop(), four.stop()]);
  });
});
