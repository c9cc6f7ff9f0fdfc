import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { findMongo, newDatabase } from '@waymark/mongo/testing';
import { engineSuite } from '@waymark/testing';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Document, ReadModelStore } from '../../read-model-store.js';
import { openMongoReadModels } from './store.js';

interface Sum extends Document {
  readonly count: number;
  readonly sum: number;
}
type Way = 'checkpoint' | 'marks';
const buckets = 6;
const lib = join(import.meta.dirname, '..', '..', '..');
const sums = 'planning.sums';
/** Each way. Before a release: WAYMARK_TEST_KILLS=100. */
const kills = Number(process.env['WAYMARK_TEST_KILLS'] ?? 30);

/** How far the processes came, whichever way they kept it. */
const reached = async (store: ReadModelStore, way: Way): Promise<number> => {
  const position =
    way === 'checkpoint'
      ? await store.checkpoint('planning.sum')
      : ((await store.get('planning.marks', 'case'))?.['position'] as string | undefined);
  return position === undefined || position === 'start' ? 0 : Number(position);
};

const should = (bucket: number, upTo: number): Sum => {
  const numbers = Array.from({ length: upTo }, (_, i) => i + 1).filter((n) => n % buckets === bucket);
  return { id: `bucket ${bucket}`, count: numbers.length, sum: numbers.reduce((sum, n) => sum + n, 0) };
};

/** What is missing or doubled, if anything is. */
const wrong = async (store: ReadModelStore, way: Way): Promise<string | undefined> => {
  const upTo = await reached(store, way);
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const want = should(bucket, upTo);
    const got = await store.get<Sum>(sums, want.id);
    if (want.count > 0 && JSON.stringify(got) !== JSON.stringify(want)) return `at ${upTo}: ${JSON.stringify({ want, got })}`;
  }
  return undefined;
};

await engineSuite('MongoDB', findMongo, (server) => {
  // The child runs what is built.
  beforeAll(() => {
    execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-b', 'libs/read-model/tsconfig.lib.json'], {
      cwd: join(lib, '..', '..'),
    });
  }, 120_000);

  /** Kills one process after another in the middle of its work. @returns what was wrong first, and how far they came */
  const killOften = async (way: Way, kills: number, broken = false) => {
    const database = await newDatabase(server);
    try {
      for (let kill = 1; kill <= kills; kill += 1) {
        const child = fork(join(lib, 'test', 'killed-child.mjs'), [database.url, way, ...(broken ? ['broken'] : [])], { execArgv: [] });
        for (let batches = kill % 3; batches >= 0 && child.exitCode === null; batches -= 1)
          await Promise.race([once(child, 'message'), once(child, 'exit')]);
        expect(child.exitCode).toBeNull();
        // Behind some batch, and at another moment of the next each time.
        await after((kill * 37) % 61);
        const gone = once(child, 'exit');
        child.kill('SIGKILL');
        await gone;
        const store = await openMongoReadModels(database.connection, { patienceMs: 100 });
        const found = await wrong(store, way);
        if (found) return { found: `kill ${kill}, ${found}`, upTo: 0 };
      }
      const store = await openMongoReadModels(database.connection);
      return { found: undefined, upTo: await reached(store, way) };
    } finally {
      await database.drop();
    }
  };

  describe('processes that are killed in the middle of their work', () => {
    it('have done everything once, with checkpoints and with marks', async () => {
      const [checkpoint, marks] = await Promise.all([killOften('checkpoint', kills), killOften('marks', kills)]);
      expect([checkpoint.found, marks.found]).toEqual([undefined, undefined]);
      expect(Math.min(checkpoint.upTo, marks.upTo)).toBeGreaterThan(2 * kills);
      process.stderr.write(`${2 * kills} kills: ${checkpoint.upTo} and ${marks.upTo} numbers summed\n`);
    }, 600_000);

    it.each<[Way]>([['checkpoint'], ['marks']])(
      'would not without the journal, with %s (the test notices)',
      async (way) => {
        expect((await killOften(way, 60, true)).found).toMatch(/kill/);
      },
      300_000,
    );
  });
});
