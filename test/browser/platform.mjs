// The platform under test: everything built, in this process, on files of its own, with nothing loaded by itself.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embedded, startServices } from '@waymark/nest';
import { withDemonstration } from '../../services/standalone/dist/demo/demonstration.module.js';
import { HttpClient } from '../../services/standalone/dist/http-client.js';
import { services } from '../../services/standalone/dist/services.js';

/** Stands in for a load of the demonstration, so that a check can say how far one is. */
const demonstration = () => {
  let status = { state: 'none', families: 0, of: 0 };
  return { now: () => status, become: (next) => (status = next) };
};

/** @param {'development' | 'production'} profile */
export const startPlatform = async (profile = 'development') => {
  const folder = mkdtempSync(join(tmpdir(), 'waymark-browser-'));
  const demo = demonstration();
  const running = await startServices({
    title: 'Waymark',
    services: withDemonstration(services, demo),
    progress: () => undefined,
    config: {
      ...embedded,
      ...{ profile, dataFolder: folder, keysFolder: join(folder, 'keys'), host: '127.0.0.1', port: 0, logLevel: 'error', demo: false },
    },
  });
  return {
    address: running.address,
    client: new HttpClient(running.address),
    demonstration: demo,
    stop: async () => {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
