import { setTimeout as after } from 'node:timers/promises';
import { connectMongo } from '@waymark/mongo';
import { BreakableNetwork } from '@waymark/mongo/network';
import { findMongo, newDatabase, type TestServer } from '@waymark/mongo/testing';
import { engineSuite } from '@waymark/testing';
import { describe, expect, it } from '@jest/globals';
import { ReadModelUnavailable, StaleCheckpoint, type Document, type ReadModelStore } from '../../read-model-store.js';
import { Checkpoints } from './checkpoints.js';
import { openMongoReadModels } from './store.js';

interface Tally extends Document {
  readonly count: number;
}
const tallies = { name: 'planning.tallies', indexes: ['count'] };
const marks = { name: 'planning.marks', indexes: [] };
const ids = ['a', 'b', 'c'];
/** After a lost connection the driver looks for the server again twice a second at most. */
const quick = { serverSelectionTimeoutMs: 2_000, socketTimeoutMs: 2_000 };

const tallied = async (store: ReadModelStore) => {
  const found = await store.getMany<Tally>(tallies.name, ids);
  return ids.map((id) => ({ put: { id, count: (found.get(id)?.count ?? 0) + 1 }, in: tallies.name }));
};
const positionOf = (n: number): string => String(n).padStart(6, '0');
const numberOf = (position: string | undefined): number => (position === undefined || position === 'start' ? 0 : Number(position));

/** Each adds one to every tally and moves its own place on by one. */
const ways = {
  checkpoint: {
    reached: async (store: ReadModelStore) => numberOf(await store.checkpoint('planning.tally')),
    step: async (store: ReadModelStore) => {
      const position = await store.checkpoint('planning.tally');
      const checkpoint = { subscriber: 'planning.tally', after: position, position: positionOf(numberOf(position) + 1) };
      await store.write({ changes: await tallied(store), checkpoint });
    },
  },
  marks: {
    reached: async (store: ReadModelStore) => numberOf((await store.get(marks.name, 'm'))?.['position'] as string | undefined),
    step: async (store: ReadModelStore) => {
      const mark = await store.get(marks.name, 'm');
      const next = { id: 'm', position: positionOf(numberOf(mark?.['position'] as string | undefined) + 1) };
      const seen = [{ in: marks.name, id: 'm', document: mark }];
      await store.write({ changes: [...(await tallied(store)), { put: next, in: marks.name }], seen, durable: true });
    },
  },
} as const;
type Way = keyof typeof ways;

interface Ran {
  /** Steps that were acknowledged. */
  readonly acknowledged: number;
  readonly reached: number;
  readonly counts: readonly (number | undefined)[];
  readonly refused: number;
}

/** Works for a while over a network that `trouble` troubles, then looks at what came of it over a sound one. */
const working = async (server: TestServer, way: Way, trouble: (network: BreakableNetwork) => Promise<void>): Promise<Ran> => {
  const database = await newDatabase(server);
  const { network, url } = await BreakableNetwork.before(database.url);
  const connection = await connectMongo({ url, ...quick });
  try {
    const store = await openMongoReadModels(connection, { patienceMs: 100 });
    await store.declare(tallies);
    await store.declare(marks);
    let running = true;
    let [acknowledged, refused] = [0, 0];
    const work = (async () => {
      while (running) {
        try {
          await ways[way].step(store);
          acknowledged += 1;
        } catch (error) {
          if (!(error instanceof ReadModelUnavailable) && !(error instanceof StaleCheckpoint)) throw error;
          refused += 1;
          await after(5);
        }
      }
    })();
    await trouble(network);
    running = false;
    await work;
    const sound = await openMongoReadModels(database.connection, { patienceMs: 100 });
    const looked = { reached: await ways[way].reached(sound), acknowledged, refused };
    // A batch that was cut off after it happened is finished by whoever comes next: one more step.
    await ways[way].step(sound);
    const found = await sound.getMany<Tally>(tallies.name, ids);
    return { ...looked, reached: await ways[way].reached(sound), counts: ids.map((id) => found.get(id)?.count) };
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
  expect(reached).toBeGreaterThan(acknowledged);
};

await engineSuite('MongoDB', findMongo, (server) => {
  describe.each<[Way]>([['checkpoint'], ['marks']])('with %s', (way) => {
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
        await after(1_500);
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

  it('cut connections would lose documents without the journal (the test notices)', async () => {
    type Taken = (label: string, before: number, row: { pending?: unknown }) => Promise<boolean>;
    const prototype = Checkpoints.prototype as unknown as { taken: Taken };
    const { taken } = prototype;
    prototype.taken = function (label, before, { pending: _, ...row }) {
      return taken.call(this, label, before, row);
    };
    try {
      const ran = await working(server, 'checkpoint', cutsFor(20_000));
      expect(ran.counts).not.toEqual(ids.map(() => ran.reached));
    } finally {
      prototype.taken = taken;
    }
  });
});
