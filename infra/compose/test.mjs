// `docker compose up` on PostgreSQL, Kafka and MongoDB's protocol, the journeys through it over HTTP, and what Prometheus has seen of them; then it is taken down with all it kept.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runJourneys } from '../../test/distributed/journeys.mjs';
import { hasImage } from '../images/docker.mjs';
import { engines, node } from '../images/recipes.mjs';
import { checkMeasurements } from './measurements.mjs';

const UP_LIMIT_MS = 300_000;
const root = join(import.meta.dirname, '../..');

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(String(port)));
    });
  });

// What `npx nx images infra` made of packages is there only where the official images could not be had.
const fromPackages = (await hasImage(engines.postgres.tag)) && !(await hasImage(node.official));
const secrets = mkdtempSync(join(tmpdir(), 'waymark-secrets-'));
const port = await freePort();
const prometheusPort = await freePort();
const env = {
  ...process.env,
  COMPOSE_PROJECT_NAME: `waymark-test-${randomBytes(3).toString('hex')}`,
  WAYMARK_SECRETS: secrets,
  WAYMARK_PORT: port,
  WAYMARK_PROMETHEUS_PORT: prometheusPort,
  WAYMARK_PROFILE: 'development',
};

const compose = (args, timeout) => {
  const images = fromPackages ? ['--env-file', join(import.meta.dirname, 'from-packages.env')] : [];
  return (
    spawnSync('docker', ['compose', ...images, ...args], { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'], timeout }).status === 0
  );
};

const makeSecrets = () => {
  const options = ['--folder', secrets, ...(fromPackages ? ['--open-mongodb'] : [])];
  return spawnSync(process.execPath, [join(import.meta.dirname, 'make-secrets.mjs'), ...options], { stdio: 'inherit' }).status === 0;
};

const goThrough = async () => {
  const began = performance.now();
  const isUp = makeSecrets() && compose(['--progress', 'quiet', 'up', '--detach', '--wait', 'gateway', 'prometheus'], UP_LIMIT_MS);
  compose(['ps', '--all', '--format', '{{.Service}}  {{.Image}}  {{.Status}}']);
  console.log(
    `${isUp ? 'ok      ' : 'FAILED  '} docker compose up: five services on their engines, ${Math.round((performance.now() - began) / 1000)} s`,
  );
  if (!isUp) return { passed: 0, failed: 1 };
  const journeys = await runJourneys(`http://127.0.0.1:${port}`);
  const measured = await checkMeasurements(`http://127.0.0.1:${prometheusPort}`);
  return { passed: 1 + journeys.passed + measured.passed, failed: journeys.failed + measured.failed };
};

let outcome;
try {
  outcome = await goThrough();
  if (outcome.failed > 0) compose(['logs', '--tail', '40']);
} finally {
  compose(['--progress', 'quiet', 'down', '--volumes']);
  rmSync(secrets, { recursive: true });
}
console.log(`${outcome.passed} passed, ${outcome.failed} failed, 0 skipped`);
process.exitCode = outcome.failed === 0 ? 0 : 1;
