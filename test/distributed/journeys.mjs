// Sends the journeys, as they stand, through services that run apart, and holds what they came to against the same journeys in one process.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { differences } from './chronologies.mjs';

const root = join(import.meta.dirname, '..', '..');
const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', join(root, 'node_modules', 'jest', 'bin', 'jest.js')];

const runJest = (env) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [...jest, '--runInBand', 'services/standalone/test/journeys'], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
    child.on('close', (code) => {
      const counts = Object.fromEntries(
        [...(/^Tests:(.*)$/m.exec(said)?.[1] ?? '').matchAll(/(\d+) (passed|failed)/g)].map(([, n, what]) => [what, Number(n)]),
      );
      resolve({ code, said, passed: counts.passed ?? 0, failed: counts.failed ?? (code === 0 ? 0 : 1) });
    });
  });

const chronologyIn = (folder) => JSON.parse(readFileSync(join(folder, 'j1.json'), 'utf8'));

/**
 * @param {string} address of the deployment, behind one address
 * @returns {Promise<{ passed: number, failed: number }>} the chronologies' comparison counted as one
 */
export const runJourneys = async (address) => {
  const [apart, together] = ['apart', 'together'].map((name) => mkdtempSync(join(tmpdir(), `waymark-journeys-${name}-`)));
  try {
    const onApart = await runJest({ WAYMARK_JOURNEYS_AT: address, WAYMARK_JOURNEYS_KEEP: apart });
    process.stdout.write(`${onApart.said}\n`);
    const inOne = await runJest({ WAYMARK_JOURNEYS_KEEP: together });
    if (inOne.failed > 0) process.stdout.write(`${inOne.said}\n`);
    const differ =
      onApart.failed + inOne.failed > 0
        ? ['the journeys failed; nothing to compare']
        : differences(chronologyIn(together), chronologyIn(apart));
    const entries = differ.length === 0 ? `, ${chronologyIn(apart).length} entries` : '';
    process.stdout.write(
      `${differ.length === 0 ? 'ok      ' : 'FAILED  '} J1 has the same chronology apart as in one process, event for event${entries}\n`,
    );
    for (const difference of differ) process.stdout.write(`  ${difference}\n`);
    return { passed: onApart.passed + (differ.length === 0 ? 1 : 0), failed: onApart.failed + (differ.length === 0 ? 0 : 1) };
  } finally {
    for (const folder of [apart, together]) rmSync(folder, { recursive: true, force: true });
  }
};
