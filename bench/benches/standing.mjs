// The whole product standing by itself: how soon it is ready again, and what it holds in memory when nobody asks anything.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { against } from '../measure.mjs';
import { ready, residentMb, serve } from '../process.mjs';
import { newFolder, remove } from '../stores.mjs';

const main = join(import.meta.dirname, '../../services/standalone/dist/main.js');

const start = async (folder) => {
  const server = await serve([main], { WAYMARK_PROFILE: 'development', WAYMARK_DATA: folder, PORT: '0' });
  await ready(server.port);
  return { ...server, seconds: (performance.now() - server.startedAt) / 1000 };
};

const withinMs = 300_000;

/** Stopped before it was loaded, the borough would be finished by the very start that is measured. */
const loaded = async (folder) => {
  const isLoaded = () => /"state": "loaded"/.test(readFileSync(join(folder, 'demo.json'), 'utf8'));
  for (const until = performance.now() + withinMs; performance.now() < until; await sleep(250))
    if (existsSync(join(folder, 'demo.json')) && isLoaded()) return;
  throw new Error(`the demonstration borough was not loaded within ${withinMs} ms`);
};

/** A data folder that a first start has filled with the demonstration borough. */
const usedFolder = async (quick) => {
  if (!existsSync(main)) throw new Error(`${main} is not built`);
  const folder = newFolder();
  const first = await start(folder);
  if (!quick) await loaded(folder);
  await first.stop();
  return folder;
};

export const startSecond = {
  id: 'start-second',
  unit: 's',
  target: 1,
  limit: 3,
  what: 'from the start of the process to /health/ready, on a data folder in use',
  run: async ({ rounds, quick, progress }) => {
    const folder = await usedFolder(quick);
    const measure = async () => {
      const server = await start(folder);
      await server.stop();
      return server.seconds;
    };
    try {
      return await against({ rounds, limit: 3, measure, progress });
    } finally {
      remove(folder);
    }
  },
};

export const idleMemory = {
  id: 'idle-memory',
  unit: 'MB',
  target: 1,
  limit: 220,
  what: 'resident memory of the whole product after a second start, idle',
  run: async ({ rounds, quick, progress }) => {
    const folder = await usedFolder(quick);
    const measure = async () => {
      const server = await start(folder);
      await sleep(quick ? 1_000 : 5_000);
      const held = residentMb(server.pid);
      await server.stop();
      return held;
    };
    try {
      return await against({ rounds, limit: 220, measure, progress });
    } finally {
      remove(folder);
    }
  },
};
