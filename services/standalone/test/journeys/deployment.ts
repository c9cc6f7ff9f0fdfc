import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embedded as embeddedEngines, startServices } from '@waymark/nest';
import { HttpClient } from '../../src/http-client.js';
import { services } from '../../src/services.js';

/** A running platform that a journey goes through, and how to end it. */
export interface Deployment {
  readonly client: HttpClient;
  stop(): Promise<void>;
}

/** Everything in this process, on the embedded engines, in a folder of its own. */
export const embedded = async (): Promise<Deployment> => {
  const folder = mkdtempSync(join(tmpdir(), 'waymark-journey-'));
  const running = await startServices({
    title: 'Waymark on a journey',
    services,
    progress: () => undefined,
    config: {
      profile: 'development',
      dataFolder: folder,
      keysFolder: join(folder, 'keys'),
      host: '127.0.0.1',
      port: 0,
      logLevel: 'silent',
      demo: false,
      ...embeddedEngines,
    },
  });
  return {
    client: new HttpClient(running.address),
    stop: async () => {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
