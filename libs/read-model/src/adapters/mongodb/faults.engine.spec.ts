import { setTimeout as after } from 'node:timers/promises';
import { connectMongo } from '@waymark/mongo';
import { BreakableNetwork } from '@waymark/mongo/network';
import { findMongo, newDatabase, type TestServer } from '@waymark/mongo/testing';
import { engineSuite } from '@waymark/testing';
import { describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import { ReadModelUnavailable, StaleCheckpoint, type Document, type ReadModelStore } from '../../read-model-store.js';
import { Checkpoints } from './checkpoints.js';
import { openMongoReadModels } from './store.js';

interface Tally extends Document {
  readonly count: number;
}
const tallies = { name: 'planning.tallies', indexes: ['count'] };
const ids = ['a', 'b', 'c'];
/** After a lost connection the driver looks for the server again twice a second at most. */
const quick = { serverSelectionTimeoutMs: 2_000, socketTimeoutMs: 2_000 };

const countsOf = async (store: ReadModelStore): Promise<readonly number[]> => {
  const found = await store.getMany<Tally>(tallies.name, ids);
  return ids.map((id) => found.get(id)?.count ?? 0);
};
const tallied = async (store: ReadModelStore) =>
  (await countsOf(store)).map((count, i) => ({ put: { id: ids[i] ?? '', count: count + 1 }, in: tallies.name }));
const positionOf = (n: number): string => String(n).padStart(6, '0');
const numberOf = (position: string | undefined): number => (position === undefined || position === 'start' ? 0 : Number(position));

interface Way {
  /** Has whatever was cut off after it happened finished. */
  readonly reached: (store: ReadModelStore) => Promise<number>;
  /** Adds one to every tally. */
  readonly step: (store: ReadModelStore) => Promise<void>;
  /** Goes on after a failure. */
  readonly again: (store: ReadModelStore, connection: Connection) => Promise<ReadModelStore>;
}
const open = (connection: Connection) => openMongoReadModels(connection, { patienceMs: 100 });
const ways: Readonly<Record<'checkpoint' | 'no checkpoint', Way>> = {
  checkpoint: {
    reached: async (store: ReadModelStore) => numberOf(await store.checkpoint('planning.tally')),
    step: async (store: ReadModelStore) => {
      const position = await store.checkpoint('planning.tally');
      const checkpoint = { subscriber: 'planning.tally', after: position, position: positionOf(numberOf(position) + 1) };
      await store.write({ changes: await tallied(store), checkpoint });
    },
    again: async (store) => store,
  },
  'no checkpoint': {
    reached: async (store) => (await countsOf(store))[0] ?? 0,
    step: async (store) => {
      const changes = await tallied(store);
      // The next step would hide it.
      if (new Set(changes.map(({ put }) => put.count)).size > 1) throw new Error('a batch took effect in part');
      await store.write({ changes, durable: true });
    },
    // Whether the write happened is for a store that is opened anew to find out.
    again: (_, connection) => open(connection),
  },
};

interface Ran {
  /** How many steps were acknowledged. */
  readonly acknowledged: number;
  readonly reached: number;
  readonly counts: readonly number[];
  readonly refused: number;
}

/** Works for a while over a network that `trouble` troubles, then looks at what came of it over a sound one. */
const working = async (server: TestServer, way: keyof typeof ways, trouble: (network: BreakableNetwork) => Promise<void>): Promise<Ran> => {
  const database = await newDatabase(server);
  const { network, url } = await BreakableNetwork.before(database.url);
  const connection = await connectMongo({ url, ...quick });
  try {
    const { step, again, reached } = ways[way];
    let store: ReadModelStore = await open(connection);
    await store.declare(tallies);
    let [running, failed] = [true, false];
    let [acknowledged, refused] = [0, 0];
    const work = (async () => {
      while (running) {
        try {
          if (failed) store = await again(store, connection);
          failed = false;
          await step(store);
          acknowledged += 1;
        } catch (error) {
          if (!(error instanceof ReadModelUnavailable) && !(error instanceof StaleCheckpoint)) throw error;
          failed = true;
          refused += 1;
          await after(5);
        }
      }
    })();
    await trouble(network);
    running = false;
    await work;
    const sound = await open(database.connection);
    return { acknowledged, refused, reached: await reached(sound), counts: await countsOf(sound) };
  } finally {
    await connection.close(true);
    await network.close();
    await database.drop();
  }
};

const cutsFor = (ms: number) => async (network: BreakableNetwork) => {
  for (let passed = 0; passed < ms;) {
    const pause = 300 + ((passed * 7) % 1_111);
    await after(pause);
    passed += pause;
    network.cut();
  }
};

/** Nothing acknowledged is missing, and nothing counts twice. */
const expectOnce = ({ acknowledged, reached, counts }: Ran): void => {
  expect(counts).toEqual(ids.map(() => reached));
  expect(reached).toBeGreaterThanOrEqual(acknowledged);
};

await engineSuite('MongoDB', findMongo, (server) => {
  describe.each<[keyof typeof ways]>([['checkpoint'], ['no checkpoint']])('with %s', (way) => {
    it('connections that are cut in the middle of writes lose nothing and double nothing', async () => {
      const ran = await working(server, way, cutsFor(20_000));
      expectOnce(ran);
      expect(ran.refused).toBeGreaterThan(5);
      expect(ran.acknowledged).toBeGreaterThan(5);
    });

    it('an outage is told as one, and the work goes on behind it', async () => {
      let [during, behind] = [0, 0];
      const ran = await working(server, way, async (network) => {
        await after(500);
        network.refuse();
        // For longer than the driver looks for a server.
        await after(3_500);
        during = 1;
        network.mend();
        await after(2_000);
        behind = 1;
      });
      expect([during, behind]).toEqual([1, 1]);
      expectOnce(ran);
      expect(ran.refused).toBeGreaterThan(0);
      expect(ran.acknowledged).toBeGreaterThan(2);
    });

    it('a slow network changes nothing but the pace', async () => {
      const ran = await working(server, way, async (network) => {
        network.latencyMs = 40;
        await after(4_000);
        network.latencyMs = 0;
      });
      expectOnce(ran);
      expect(ran.refused).toBe(0);
    });

    const { restart } = server;
    if (restart)
      it('a restart of the server in the middle of writes loses nothing and doubles nothing', async () => {
        const ran = await working(server, way, async () => {
          for (let i = 0; i < 3; i += 1) {
            await after(700);
            await restart();
          }
          await after(1_500);
        });
        expectOnce(ran);
        expect(ran.refused).toBeGreaterThan(0);
      });
  });

  describe('an outage between a checkpoint and its documents', () => {
    type Taken = (label: string, before: number, row: { pending?: unknown }) => Promise<boolean>;
    const prototype = Checkpoints.prototype as unknown as { taken: Taken };
    /** Longer than the driver looks for a server. */
    const outageMs = 3_000;

    const ranWith = async (kept: (row: { pending?: unknown }) => object): Promise<Ran> => {
      const { taken } = prototype;
      let [moves, goAway] = [0, (): void => undefined];
      prototype.taken = async function (label, before, row) {
        const moved = await taken.call(this, label, before, kept(row));
        if ((moves += 1) === 3) goAway();
        return moved;
      };
      try {
        return await working(server, 'checkpoint', async (network) => {
          await new Promise<void>((resolve) => (goAway = () => (network.refuse(), resolve())));
          await after(outageMs);
          network.mend();
          await after(1_500);
        });
      } finally {
        prototype.taken = taken;
      }
    };

    it('loses nothing and doubles nothing', async () => {
      const ran = await ranWith((row) => row);
      expectOnce(ran);
      expect(ran.refused).toBeGreaterThan(0);
    });

    it('would lose documents without the journal', async () => {
      const ran = await ranWith(({ pending: _, ...row }) => row);
      expect(ran.counts).not.toEqual(ids.map(() => ran.reached));
    });
  });
});
