import { describe, expect, it } from '@jest/globals';
import { countsOfLog, countsOfReport, failuresOfLog, failuresOfReport } from './counts.mjs';

const report = { numPassedTests: 5, numFailedTests: 1, numRuntimeErrorTestSuites: 2, numPendingTests: 3, numTodoTests: 4 };

describe('The counting of a suite', () => {
  it('reads the report of Jest, and counts a file that could not run as failed', () => {
    expect(countsOfReport(JSON.stringify(report))).toEqual({ passed: 5, failed: 3, skipped: 7 });
  });

  it('reads the last closing line of a log', () => {
    expect(countsOfLog('1 passed, 0 failed, 0 skipped\nand again\n7 passed, 2 failed, 1 skipped\nbye\n')).toEqual({
      passed: 7,
      failed: 2,
      skipped: 1,
    });
  });

  it('finds none in a log that only speaks of tests', () => {
    expect(countsOfLog('all 7 passed, 0 failed, 0 skipped as far as we know\n')).toBeUndefined();
  });

  it('names what failed in a report, and a file that could not run', () => {
    const tests = [
      { status: 'passed', fullName: 'a store keeps' },
      { status: 'failed', fullName: 'a store finds' },
    ];
    const testResults = [
      { name: `${process.cwd()}/libs/a.spec.ts`, status: 'failed', assertionResults: tests },
      { name: `${process.cwd()}/libs/b.spec.ts`, status: 'failed', assertionResults: [] },
      { name: `${process.cwd()}/libs/c.spec.ts`, status: 'passed', assertionResults: tests.slice(0, 1) },
    ];
    expect(failuresOfReport(JSON.stringify({ testResults }))).toEqual(['libs/a.spec.ts: a store finds', 'libs/b.spec.ts: could not run']);
  });

  it('names what failed in a log, once', () => {
    const log = 'ok       kept\n  FAILED  found: not there\n  ● a store › finds\n\n  ● a store › finds\nit FAILED somehow\n';
    expect(failuresOfLog(log)).toEqual(['found: not there', 'a store › finds']);
  });
});
