import { describe, expect, it } from '@jest/globals';
import { countsOfLog, countsOfReport } from './counts.mjs';

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
});
