import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

/**
 * Where the services run apart, behind one address: started elsewhere, and given to the journeys in `WAYMARK_JOURNEYS_AT`. Each has a clock of its own.
 */
const apart = (address: string): Deployment => ({
  client: new HttpClient(
    address,
    services.map(({ name }) => `/dev/${name}/clock`),
  ),
  stop: async () => undefined,
});

/** What the journeys go through: the services that run apart, or everything in this process. */
export const deployed = async (): Promise<Deployment> => {
  const address = process.env['WAYMARK_JOURNEYS_AT'];
  return address === undefined ? embedded() : apart(address);
};

/** Everything in this process, on the embedded engines, in a folder of its own. */
const embedded = async (): Promise<Deployment> => {
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

/** Keeps a case's chronology where `WAYMARK_JOURNEYS_KEEP` names a folder, so that the same journey on two deployments can be compared event for event. */
export const keep = (journey: string, chronology: readonly object[]): void => {
  const folder = process.env['WAYMARK_JOURNEYS_KEEP'];
  if (folder !== undefined) writeFileSync(join(folder, `${journey}.json`), JSON.stringify(chronology, null, 1));
};
