// Reads how many tests a suite ran: from Jest's report where there is one, else from the last line of the log that counts.
// node tools/ci/counts.mjs <log> [<jest report>]   prints "<passed> <failed> <skipped>" and below it what failed, by name; exits with 1 when nothing was counted.
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * The counts of a report that Jest wrote with --json. A file that could not run counts as a failed test.
 * @param {string} text
 * @returns {Counts}
 */
export const countsOfReport = (text) => {
  const report = JSON.parse(text);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
  };
};

/**
 * The counts of the last line that reads `N passed, N failed, N skipped`.
 * @param {string} text
 * @returns {Counts | undefined}
 */
export const countsOfLog = (text) => {
  const line = [...text.matchAll(/^(\d+) passed, (\d+) failed, (\d+) skipped$/gm)].at(-1);
  return line && { passed: Number(line[1]), failed: Number(line[2]), skipped: Number(line[3]) };
};

/**
 * The names of the tests that failed in a report that Jest wrote with --json, and of the files that could not run.
 * @param {string} text
 * @returns {readonly string[]}
 */
export const failuresOfReport = (text) =>
  JSON.parse(text)
    .testResults.filter(({ status }) => status === 'failed')
    .flatMap(({ name, assertionResults }) => {
      const failed = assertionResults.filter(({ status }) => status === 'failed');
      const titles = failed.length > 0 ? failed.map(({ fullName }) => fullName) : ['could not run'];
      return titles.map((title) => `${relative('.', name)}: ${title}`);
    });

/**
 * The names after `FAILED` or Jest's `●` at the beginning of a line, each once.
 * @param {string} text
 * @returns {readonly string[]}
 */
export const failuresOfLog = (text) => [...new Set([...text.matchAll(/^ *(?:FAILED|●) +(.+)$/gm)].map(([, name]) => name))];

const MOST_NAMES = 30;

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [, , log = '', report = ''] = process.argv;
  const reported = report && existsSync(report) ? readFileSync(report, 'utf8') : undefined;
  const logged = readFileSync(log, 'utf8');
  const counts = reported ? countsOfReport(reported) : countsOfLog(logged);
  if (counts && counts.passed + counts.failed > 0) {
    console.log(`${counts.passed} ${counts.failed} ${counts.skipped}`);
    const failures = reported ? failuresOfReport(reported) : failuresOfLog(logged);
    if (counts.failed > 0) for (const failure of failures.slice(0, MOST_NAMES)) console.log(failure);
  } else process.exitCode = 1;
}
