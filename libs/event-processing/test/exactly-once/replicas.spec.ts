import { StaleCheckpoint, type ReadModelStore } from '@waymark/read-model';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { consumers, play, projections, scenes, type Breaks, type Outcome, type Scene, type Setting } from '../replicas.js';
import { BatchProcessor } from '../../src/core/batch-processor.js';
import { ParkedCases } from '../../src/core/parked-cases.js';

type Make = (breaks?: Breaks) => Promise<Setting>;

/** Everything once and in order; whoever waits still waits behind something that failed, for somebody to command its replay. */
const isRight = ({ arrived, seen, waiting }: Outcome): boolean =>
  seen.every((n, i) => n === i + 1) && seen.length + waiting.length === arrived && waiting[0] !== 'behind';

/** Plays a scene with the other's part at every call of the store; the first place, if there is one, after which something is missing, doubled or stranded. */
const firstWrong = async (make: Make, scene: Scene, { breaks, lost }: { breaks?: Breaks; lost?: number } = {}) => {
  const { calls } = await play(await make(), scene, undefined);
  for (let at = 1; at <= calls; at += 1)
    for (const when of ['before', 'after'] as const) {
      const { outcome } = await play(await make(breaks), scene, { at, when, ...(lost ? { lostAt: lost } : {}) });
      const unfinished = lost === undefined && outcome.waiting.length > 0;
      if (!isRight(outcome) || unfinished) return `${when} call ${at}: ${JSON.stringify(outcome)}`;
    }
  return undefined;
};

const wrongInAny = async (make: Make): Promise<readonly string[]> => {
  const wrong: string[] = [];
  for (const [name, scene] of Object.entries(scenes)) {
    const found = await firstWrong(make, scene);
    if (found) wrong.push(name);
  }
  return wrong;
};

describe.each<[string, Make]>([
  ['a consumer', consumers],
  ['a projection', projections],
])('two processes with %s of the same name, one in the middle of the other', (_, make) => {
  afterEach(() => void jest.restoreAllMocks());

  it.each(Object.entries(scenes))('bring about everything once, and strand nothing: %s', async (_name, scene) => {
    expect(await firstWrong(make, scene)).toBeUndefined();
  });

  it('strand nothing when the one that replays is lost at any of its calls', async () => {
    const scene = scenes['the owner takes what arrives while another replays the case'] as Scene;
    for (let lost = 1; lost <= 12; lost += 1) expect([lost, await firstWrong(make, scene, { lost })]).toEqual([lost, undefined]);
  }, 60_000);

  it('would double or lose something if writes were not guarded (the property notices)', async () => {
    const unguarded = (store: ReadModelStore): ReadModelStore => {
      const broken = Object.create(store) as ReadModelStore;
      broken.write = async (batch) => {
        try {
          await store.write(batch);
        } catch (error) {
          if (!(error instanceof StaleCheckpoint) || !batch.checkpoint) throw error;
          const { subscriber } = batch.checkpoint;
          await store.write({ ...batch, checkpoint: { ...batch.checkpoint, after: await store.checkpoint(subscriber) } });
        }
      };
      return broken;
    };
    const scene = scenes['two replay the case at once'] as Scene;
    expect(await firstWrong(make, scene, { breaks: unguarded })).toMatch(/call/);
  });

  it('would strand or overtake something if what is parked were loaded only once (the property notices)', async () => {
    const loaded = new WeakSet<ParkedCases>();
    const { load } = ParkedCases.prototype;
    jest.spyOn(ParkedCases.prototype, 'load').mockImplementation(async function (this: ParkedCases, ...args) {
      if (!loaded.has(this)) await load.apply(this, args);
      loaded.add(this);
    });
    expect(await wrongInAny(make)).not.toEqual([]);
  });

  it('would strand something if nobody took up what waits for nothing (the property notices)', async () => {
    jest.spyOn(BatchProcessor.prototype, 'drain').mockResolvedValue();
    const scene = scenes['the owner takes what arrives while another replays the case'] as Scene;
    const wrong = [];
    for (let lost = 1; lost <= 12; lost += 1) wrong.push(await firstWrong(make, scene, { lost }));
    expect(wrong.filter(Boolean)).not.toEqual([]);
  }, 60_000);
});
