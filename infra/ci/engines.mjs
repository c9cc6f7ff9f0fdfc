// The suites on real engines. A file of tests that fails is run once more, on engines of its own started anew: an engine that stands still on a busy machine is told
// from a fault that comes again. What had to be run again is said aloud, with what it said the first time.
//   node infra/ci/engines.mjs FOLDER
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import process from 'node:process';

/** Of each file the newest result. @param {readonly { testResults: readonly { name: string }[] }[]} reports in the order of the runs */
export const newestOf = (reports) => [
  ...new Map(reports.flatMap(({ testResults }) => testResults).map((file) => [file.name, file])).values(),
];

/** A file that could not even be run counts as one failure. @returns {[number, number, number]} passed, failed, skipped */
export const countsOf = (files) => {
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  const of = (...states) => tests.filter(({ status }) => states.includes(status)).length;
  const broken = files.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  return [of('passed'), of('failed') + broken.length, of('pending', 'todo', 'skipped')];
};

const run = (report, files) => {
  rmSync(report, { force: true });
  // What a test that failed left open must not hold up the rest.
  spawnSync('npm', ['run', '--silent', 'test:engines', '--', '--ci', '--forceExit', '--json', `--outputFile=${report}`, ...files], {
    stdio: 'inherit',
  });
  return JSON.parse(readFileSync(report, 'utf8'));
};

if (import.meta.main) {
  const folder = process.argv[2] ?? '.';
  const first = run(join(folder, 'engines-1.json'), []);
  const failed = first.testResults.filter(({ status }) => status === 'failed').map(({ name }) => relative('.', name));
  const reports = [first];
  if (failed.length > 0) {
    console.log(`!!! FAILED AT FIRST, run once more on engines started anew: ${failed.join(', ')}`);
    reports.push(run(join(folder, 'engines-2.json'), failed));
  }
  const [passed, failures, skipped] = countsOf(newestOf(reports));
  if (failed.length > 0) console.log(`!!! ${failed.length} files had to be run again`);
  console.log(`${passed} passed, ${failures} failed, ${skipped} skipped`);
  process.exitCode = failures === 0 && passed > 0 ? 0 : 1;
}
