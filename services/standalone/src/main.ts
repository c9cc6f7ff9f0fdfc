import { runServices } from '@waymark/nest';
import { Demonstration, demonstrate } from './demo/demonstration.js';
import { giveBackMemory } from './demo/memory.js';
import { withDemonstration } from './demo/demonstration.module.js';
import { services } from './services.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const demonstration = new Demonstration();
const running = await runServices('Waymark', withDemonstration(services, demonstration));
if (running) {
  const { address, platform } = running;
  const { dataFolder, profile, demo } = platform.config;
  say(`
Waymark listens on ${address}
  the cases            ${address}/
  the API, to browse   ${address}/api   (OpenAPI: ${address}/api/openapi.json)
  health, metrics      ${address}/health/ready   ${address}/metrics
  data                 ${dataFolder}
  follow one case      docs/walkthrough.md
  stop                 Ctrl-C
${profile === 'development' ? '\nDevelopment profile: nobody signs in, and the clock can be set. For invented data only.' : ''}`);

  const ending = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => ending.abort());
  const empty = (await platform.engines.store.head()) === 'start';
  await demonstrate(demonstration, { address, dataFolder, wanted: demo, empty, signal: ending.signal, say });
  await giveBackMemory();
}
