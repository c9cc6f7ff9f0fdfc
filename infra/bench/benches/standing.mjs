// The whole product standing by itself: how soon it is ready again, and what it holds in memory when nobody asks anything.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { against } from '../measure.mjs';
import { ready, residentMb, serve } from '../process.mjs';
import { newFolder, remove } from '../stores.mjs';

const main = join(import.meta.dirname, '../../../services/standalone/dist/main.js');

const start = async (folder) => {
  const server = await serve([main], { WAYMARK_PROFILE: 'development', WAYMARK_DATA: folder, PORT: '0' });
  await ready(server.port);
  return { ...server, seconds: (performance.now() - server.startedAt) / 1000 };
};

/** A data folder that a first start has filled, with the demonstration borough where the product brings one. */
const usedFolder = async (idleMs) => {
  if (!existsSync(main)) throw new Error(`${main} is not built`);
  const folder = newFolder();
  const first = await start(folder);
  await sleep(idleMs);
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
    const folder = await usedFolder(quick ? 1_000 : 15_000);
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
    const folder = await usedFolder(quick ? 1_000 : 15_000);
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
