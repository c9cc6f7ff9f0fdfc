// Reads how many tests a suite ran: from Jest's report where there is one, else from the last line of the log that counts.
// node infra/ci/counts.mjs <log> [<jest report>]   prints "<passed> <failed> <skipped>", and exits with 1 when nothing was counted.
import { existsSync, readFileSync } from 'node:fs';
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

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [, , log = '', report = ''] = process.argv;
  const counts = report && existsSync(report) ? countsOfReport(readFileSync(report, 'utf8')) : countsOfLog(readFileSync(log, 'utf8'));
  if (counts && counts.passed + counts.failed > 0) console.log(`${counts.passed} ${counts.failed} ${counts.skipped}`);
  else process.exitCode = 1;
}
