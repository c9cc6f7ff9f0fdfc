// Takes guards out, one by one, and sees the test that is about each fail: what nobody would notice missing, nothing guards.
//   npm run test:guards              every guard of list.mjs
//   npm run test:guards -- consent   those whose name has the word
// First each test has to pass with all guards in place. A guard that no longer stands where the list says fails too.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guards } from './list.mjs';

const folder = mkdtempSync(join(tmpdir(), 'waymark-guards-'));
const report = join(folder, 'report.json');

/** How each of the tests came out: "passed", "failed", or what kept the suite from running. */
const outcomesOf = (probes, without) => {
  const names = probes.flatMap(({ test, after = [] }) => [...after, test]).map((test) => test.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const { status } = spawnSync(
    process.execPath,
    [
      ...['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'],
      ...['--config', 'test/guards/jest.config.mjs', '--maxWorkers=1', '--forceExit', '--silent', '--json', `--outputFile=${report}`],
      ...['--testNamePattern', `(${names.join('|')})$`, '--runTestsByPath', ...new Set(probes.map(({ spec }) => spec))],
    ],
    { env: { ...process.env, WAYMARK_WITHOUT: without ?? '' }, stdio: 'ignore', timeout: 300_000 },
  );
  if (status === null) return () => 'did not end within five minutes';
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  return ({ spec, test }) => {
    const suite = testResults.find(({ name }) => name.endsWith(spec));
    const ran = suite?.assertionResults.filter(({ title, status: how }) => title === test && how !== 'pending') ?? [];
    if (ran.length === 0) return `did not run: ${(suite?.message ?? 'there is no such suite').split('\n')[0]}`;
    return ran.find(({ status: how }) => how !== 'passed')?.status ?? 'passed';
  };
};

const asked = process.argv.slice(2);
const chosen = guards.filter(({ guard }) => asked.every((word) => guard.includes(word)));
let failed = 0;
const tell = (isRight, text) => {
  if (!isRight) failed += 1;
  console.log(`${isRight ? 'ok  ' : 'FAIL'} ${text}`);
};

const whole = outcomesOf(chosen);
for (const one of chosen) {
  const [before, after] = [whole(one), outcomesOf([one], one.guard)(one)];
  const isCaught = before === 'passed' && after === 'failed';
  tell(isCaught, isCaught ? one.guard : `${one.guard}: with it the test ${before}, without it ${after} (${one.spec}: ${one.test})`);
}
rmSync(folder, { recursive: true });
console.log(`${chosen.length - failed} passed, ${failed} failed, 0 skipped`);
process.exitCode = failed > 0 || chosen.length === 0 ? 1 : 0;
