import { DoomedConnection, type When } from '@waymark/mongo/doomed';
import { findMongo, newDatabase, type TestDatabase } from '@waymark/mongo/testing';
import { engineSuite } from '@waymark/testing';
import { describe, expect, it } from '@jest/globals';
import type { Change, Document, ReadModelStore } from '../../read-model-store.js';
import { Checkpoints } from './checkpoints.js';
import { openMongoReadModels, type MongoReadModelOptions } from './store.js';
import { UncheckpointedBatches } from './uncheckpointed-batches.js';

/** A document that tells what has happened to it. */
interface Tale extends Document {
  readonly seen: readonly number[];
}
const tales = { name: 'planning.tales', indexes: ['last'] };
const marks = { name: 'planning.marks', indexes: [] };
const keys = ['a', 'b', 'c'];
const events = Array.from({ length: 8 }, (_, i) => i + 1);
const perBatch = 3;
const impatient: MongoReadModelOptions = { patienceMs: 60 };

/** Ends the tale of one; the next event begins it anew. */
const ends: Readonly<Record<number, string>> = { 4: 'b', 8: 'c' };
const told = async (store: Pick<ReadModelStore, 'getMany'>, batch: readonly number[]): Promise<readonly Change[]> => {
  const found = await store.getMany<Tale>(tales.name, keys);
  return keys.map((id) => {
    let tale: readonly number[] | undefined = found.get(id)?.seen;
    for (const n of batch) tale = ends[n] === id ? undefined : [...(tale ?? []), n];
    return tale ? { put: { id, seen: tale, last: tale.at(-1) }, in: tales.name } : { remove: id, in: tales.name };
  });
};
/** What only the subscriber reads of each event: so many that some batches carry on what others left, and some write it. */
const notes = events.flatMap((n) => [1, 2, 3, 4].map((part) => `event ${n}, ${part}`));
const noted = (batch: readonly number[]) =>
  notes.filter((id) => batch.some((n) => id.startsWith(`event ${n},`))).map((id) => ({ put: { id }, in: marks.name }));
const expectedTales = { a: events, b: [5, 6, 7, 8] };

const positionOf = (n: number): string => String(n).padStart(3, '0');
const next = (position: string) => {
  const done = position === 'start' ? 0 : Number(position);
  return events.slice(done, done + perBatch);
};

/** A projection as a subscriber runs it: from its checkpoint, page by page, each with its documents in one batch. */
const projecting =
  (asideOf: typeof noted) =>
  async (store: ReadModelStore): Promise<void> => {
    await store.declare(tales);
    await store.declare(marks);
    let after = await store.checkpoint('planning.tale');
    for (let batch = next(after); batch.length > 0; batch = next(after)) {
      const position = positionOf(batch.at(-1) ?? 0);
      await store.write({
        changes: await told(store, batch),
        aside: asideOf(batch),
        checkpoint: { subscriber: 'planning.tale', after, position },
      });
      after = position;
    }
  };

const project = projecting(noted);
const projectAlone = projecting(() => []);

/** Without a checkpoint: the mark of what was told is a document, written with the effect. One process at a time may do so. */
const tell = async (store: ReadModelStore): Promise<void> => {
  await store.declare(tales);
  await store.declare(marks);
  for (;;) {
    const before = await store.get(marks.name, 'case');
    const batch = next((before?.['position'] as string | undefined) ?? 'start');
    if (batch.length === 0) return;
    const mark = { put: { id: 'case', position: positionOf(batch.at(-1) ?? 0) }, in: marks.name };
    await store.write({
      changes: [...(await told(store, batch)), mark],
      durable: true,
    });
  }
};

/** The same work, begun again when a batch was refused. */
const work = async (way: typeof project, open: () => Promise<ReadModelStore>): Promise<ReadModelStore> => {
  const store = await open();
  for (let tries = 0; ; tries += 1) {
    try {
      await way(store);
      return store;
    } catch (error) {
      if ((error as Error).name !== 'StaleCheckpoint' || tries > 5) throw error;
    }
  }
};

const outcome = async (store: ReadModelStore, way: typeof project) => {
  const found = await store.getMany<Tale>(tales.name, keys);
  const missing = way === project ? notes.length - (await store.getMany(marks.name, notes)).size : 0;
  return { ...Object.fromEntries([...found].map(([id, { seen }]) => [id, seen])), ...(missing > 0 ? { missing } : {}) };
};

await engineSuite('MongoDB', findMongo, (server) => {
  const inDatabase = async <T>(run: (database: TestDatabase) => Promise<T>): Promise<T> => {
    const database = await newDatabase(server);
    return run(database).finally(() => database.drop());
  };

  const unharmed = (way: typeof project) =>
    inDatabase(async ({ connection }) => {
      const doomed = new DoomedConnection();
      const store = await work(way, () => openMongoReadModels(doomed.around(connection), impatient));
      const { requests } = doomed;
      return { requests, got: await outcome(store, way) };
    });

  const killedAt = (way: typeof project, n: number, when: When) =>
    inDatabase(async (database) => {
      const doomed = new DoomedConnection(n, when);
      const first = work(way, () => openMongoReadModels(doomed.around(database.connection), impatient));
      await Promise.race([doomed.died, first]);
      const connection = await database.connect();
      return outcome(await work(way, () => openMongoReadModels(connection, impatient)), way);
    });

  const isWrong = (got: object) => JSON.stringify(got) !== JSON.stringify(expectedTales);

  /** The first kill after which something is missing or doubled, if there is one. */
  const firstWrong = async (way: typeof project): Promise<string | undefined> => {
    const { requests, got } = await unharmed(way);
    if (isWrong(got)) return `not even killed: ${JSON.stringify(got)}`;
    for (let n = 1; n <= requests; n += 1) {
      const whens = ['before', 'amid', 'after'] as const;
      const all = await Promise.all(whens.map(async (when) => ({ when, got: await killedAt(way, n, when) })));
      const wrong = all.find((one) => isWrong(one.got));
      if (wrong) return `${wrong.when} request ${n}: ${JSON.stringify(wrong.got)}`;
    }
    return undefined;
  };

  /** Takes a guard away while something runs. */
  const without = async <T>(of: object, name: string, instead: unknown, run: () => Promise<T>): Promise<T> => {
    const kept = Object.getOwnPropertyDescriptor(of, name);
    Object.defineProperty(of, name, { configurable: true, writable: true, value: instead });
    try {
      return await run();
    } finally {
      if (kept) Object.defineProperty(of, name, kept);
    }
  };

  describe('a process that is killed at any request, and the one after it', () => {
    it('tell everything once, with a checkpoint', async () => {
      expect(await firstWrong(project)).toBeUndefined();
    }, 600_000);

    it('tell everything once, without a checkpoint', async () => {
      expect(await firstWrong(tell)).toBeUndefined();
    }, 600_000);

    it('would lose or double without the journal of the checkpoint (the test notices)', async () => {
      type Taken = (label: string, before: number, row: { pending?: unknown }) => Promise<boolean>;
      const { taken } = Checkpoints.prototype as unknown as { taken: Taken };
      const forgetful: Taken = function (this: Checkpoints, label, before, { pending: _, ...row }) {
        return taken.call(this, label, before, row);
      };
      expect(await without(Checkpoints.prototype, 'taken', forgetful, () => firstWrong(projectAlone))).toMatch(/request/);
    }, 600_000);

    it('would lose what is written aside if it were not carried on (the test notices)', async () => {
      type LaidOut = (label: string, seq: number, changes: readonly { in: string }[]) => Promise<unknown>;
      const { laidOut } = Checkpoints.prototype as unknown as { laidOut: LaidOut };
      const forgetful: LaidOut = function (this: Checkpoints, label, seq, changes) {
        return laidOut.call(
          this,
          label,
          seq,
          changes.filter((change) => change.in !== marks.name),
        );
      };
      expect(await without(Checkpoints.prototype, 'laidOut', forgetful, () => firstWrong(project))).toMatch(/"missing"/);
    }, 600_000);

    it('would lose or double without the entry of a batch (the test notices)', async () => {
      const forgetful = () => Promise.resolve(true);
      expect(await without(UncheckpointedBatches.prototype, 'inserted', forgetful, () => firstWrong(tell))).toMatch(/request/);
    }, 600_000);
  });
});
