// The journeys on services that run apart, on real engines: `npm run test:apart`, with `-- --replicas 2` in two processes each.
import { parseArgs } from 'node:util';
import { startEngines, whyNot } from './engines.mjs';
import { runJourneys } from './journeys.mjs';
import { startServices } from './processes.mjs';
import { openRouter } from './router.mjs';

const { values } = parseArgs({ options: { replicas: { type: 'string', default: '1' } } });
const replicas = Number(values.replicas);
const say = (line) => process.stdout.write(`${line}\n`);

const missing = await whyNot();
if (missing !== undefined) {
  say(`!!! SKIPPED: the services apart: ${missing}`);
  process.exit(77);
}

const closings = [];
const closeAll = async () => {
  for (let close = closings.pop(); close; close = closings.pop()) await close();
};
let counts = { passed: 0, failed: 1 };
try {
  const engines = await startEngines();
  closings.push(engines.stop);
  say(`Starting ${replicas} of each service …`);
  const startedAt = performance.now();
  const services = await startServices({ env: engines.env, replicas });
  closings.push(services.stop);
  say(`They serve after ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
  const router = await openRouter(() => services.ports);
  closings.push(router.close);
  counts = await runJourneys(router.address);
  for (const { service, said } of services.processes) if (said.err !== '') say(`--- ${service} said:\n${said.err}`);
} catch (error) {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
} finally {
  await closeAll();
}
say(`${counts.passed} passed, ${counts.failed} failed, 0 skipped`);
process.exitCode = counts.failed === 0 ? 0 : 1;
