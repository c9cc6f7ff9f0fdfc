// Services that run apart, on real engines: the journeys through them, in one process each or `-- --replicas 2`, and the days on which an engine is away.
import { runFaultScenarios } from './fault-scenarios.mjs';
import { startEngines, whyNot } from './engines.mjs';
import { runJourneys } from './journeys.mjs';
import { startServices } from './processes.mjs';
import { openRouter } from './router.mjs';
import { optionsOf, refuseCall } from '../../infra/run/options.mjs';

const { values } = optionsOf({
  options: {
    replicas: { type: 'string', default: '1' },
    journeys: { type: 'boolean', default: true },
    faults: { type: 'boolean', default: true },
  },
  allowNegative: true,
});
const replicas = Number(values.replicas);
if (!/^[1-9]$/.test(values.replicas)) refuseCall(`--replicas ${values.replicas}: want a number of processes of each service, 1 to 9`);
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
/** Every journey through so many processes of each service, behind one address. */
const goThrough = async ({ env }) => {
  say(`Starting ${replicas} of each service …`);
  const startedAt = performance.now();
  const services = await startServices({ env, replicas });
  const router = await openRouter(() => services.ports);
  try {
    say(`They serve after ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
    return await runJourneys(router.address);
  } finally {
    for (const { service, said } of services.processes) if (said.err !== '') say(`--- ${service} said:\n${said.err}`);
    await router.close();
    await services.stop();
  }
};

const counts = { passed: 0, failed: 0 };
const count = ({ passed, failed }) => {
  counts.passed += passed;
  counts.failed += failed;
};
try {
  const engines = await startEngines();
  closings.push(engines.stop);
  if (values.journeys) count(await goThrough(engines));
  if (values['faults']) count(await runFaultScenarios(engines));
} catch (error) {
  counts.failed += 1;
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
} finally {
  await closeAll();
}
say(`${counts.passed} passed, ${counts.failed} failed, 0 skipped`);
process.exitCode = counts.failed === 0 ? 0 : 1;
