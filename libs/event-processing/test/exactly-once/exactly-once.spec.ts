import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteBus } from '@waymark/messaging';
import { SqliteReadModelStore, type Batch, type ReadModelStore } from '@waymark/read-model';
import { describe, expect, it } from '@jest/globals';
import { DoomedProcess } from '../process.js';
import { MemoryEvents } from '../memory-events.js';
import { busOptions, expected, fill, killedAt, newEngines, outcome, startProcess, type Faults } from '../world.js';

/** How many engine calls an undisturbed process makes; a process is killed at each. */
const callsOf = async (faults: Faults = {}): Promise<number> => {
  const engines = newEngines();
  await fill(engines.store);
  const process = new DoomedProcess();
  const running = await startProcess(engines, process, faults);
  await running.settled();
  await running.stop();
  if (faults === none) expect(await outcome(engines)).toEqual(expected);
  return process.calls;
};

const none: Faults = {};
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The first kill after which something is missing or doubled, if there is one. */
const firstWrong = async (faults: Faults): Promise<string | undefined> => {
  const calls = await callsOf(faults);
  for (let n = 1; n <= calls; n += 1)
    for (const when of ['before', 'after'] as const) {
      const got = await killedAt(n, when, faults);
      if (!same(got, expected)) return `${when} call ${n}: ${JSON.stringify(got)}`;
    }
  return undefined;
};

type Order = (documents: Batch, checkpoint: Batch) => readonly Batch[];

/** A store whose batches are several writes; the process is killed before the n-th of them. */
const torn =
  (order: Order, process: DoomedProcess, n: number) =>
  (store: ReadModelStore): ReadModelStore => {
    const broken = Object.create(store) as ReadModelStore;
    let writes = 0;
    broken.write = async (batch) => {
      const { changes, aside = [], checkpoint } = batch;
      const parts = checkpoint && changes.length > 0 ? order({ changes: [...changes, ...aside] }, { changes: [], checkpoint }) : [batch];
      for (const part of parts) await ((writes += 1) === n ? process.die() : store.write(part));
    };
    return broken;
  };

const wrongWhenTorn = async (order: Order): Promise<number> => {
  let wrong = 0;
  for (let n = 1; n <= 24; n += 1) {
    const engines = newEngines();
    await fill(engines.store);
    const doomed = new DoomedProcess();
    const first = startProcess(engines, doomed, { readModel: torn(order, doomed, n) }).then((process) => process.settled());
    await Promise.race([doomed.died, first]);
    const second = await startProcess(engines, new DoomedProcess());
    await second.settled();
    await second.stop();
    if (!same(await outcome(engines), expected)) wrong += 1;
  }
  return wrong;
};

describe('reactions of a process that is killed at any call of an engine, and of the one that comes after it', () => {
  it('bring about everything once', async () => {
    expect(await callsOf(none)).toBeGreaterThan(60);
    expect(await firstWrong(none)).toBeUndefined();
  }, 120_000);

  it('bring about everything once while a projection is being rebuilt', async () => {
    expect(await firstWrong({ rebuild: true })).toBeUndefined();
  }, 120_000);

  it('bring about everything once on the SQLite engines too, across a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'reactions-'));
    const store = new MemoryEvents();
    const open = () => {
      const bus = new SqliteBus(join(folder, 'bus.db'), busOptions);
      return { store, readModel: new SqliteReadModelStore(join(folder, 'read-model.db')), openBus: () => bus, close: () => bus.close() };
    };
    let engines = open();
    const first = await startProcess(engines, new DoomedProcess());
    await fill(store);
    await first.settled();
    await first.stop();
    await engines.close();
    await engines.readModel.close();
    engines = open();
    const second = await startProcess(engines, new DoomedProcess(), { rebuild: true });
    await second.settled();
    await second.stop();
    expect(await outcome(engines)).toEqual(expected);
    await engines.close();
    await engines.readModel.close();
    rmSync(folder, { recursive: true });
  });

  it('would double commands whose ids do not follow from their cause (the property notices)', async () => {
    expect(await firstWrong({ freshCommandIds: true })).toMatch(/call/);
  }, 120_000);

  it('would double messages without the inbox (the property notices)', async () => {
    const forgetful = (store: ReadModelStore): ReadModelStore => {
      const broken = Object.create(store) as ReadModelStore;
      broken.getMany = (collection, ids) => (collection.includes('.inbox-') ? Promise.resolve(new Map()) : store.getMany(collection, ids));
      return broken;
    };
    expect(await firstWrong({ readModel: forgetful })).toMatch(/call/);
  }, 120_000);

  it('would lose events with the checkpoint before the effect, and double them with it behind (the property notices)', async () => {
    expect(await wrongWhenTorn((documents, checkpoint) => [{ ...documents, ...checkpoint, changes: documents.changes }])).toBe(0);
    expect(await wrongWhenTorn((documents, checkpoint) => [checkpoint, documents])).toBeGreaterThan(0);
    expect(await wrongWhenTorn((documents, checkpoint) => [documents, checkpoint])).toBeGreaterThan(0);
  }, 120_000);
});
