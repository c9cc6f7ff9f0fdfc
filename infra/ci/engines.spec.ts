import { describe, expect, it } from '@jest/globals';
import { countsOf, newestOf } from './engines.mjs';

const file = (name: string, ...states: readonly string[]) => ({
  name,
  status: states.length === 0 || states.includes('failed') ? 'failed' : 'passed',
  assertionResults: states.map((status) => ({ status })),
});

describe('the suites on real engines', () => {
  it('count what the newest run of each file said', () => {
    const first = { testResults: [file('a', 'passed', 'failed'), file('b', 'passed', 'pending')] };
    const again = { testResults: [file('a', 'passed', 'passed')] };
    expect(countsOf(newestOf([first]))).toEqual([2, 1, 1]);
    expect(countsOf(newestOf([first, again]))).toEqual([3, 0, 1]);
  });

  it('count what fails again, and a file that could not be run', () => {
    const first = { testResults: [file('a', 'failed')] };
    expect(countsOf(newestOf([first, first]))).toEqual([0, 1, 0]);
    expect(countsOf(newestOf([{ testResults: [file('a')] }]))).toEqual([0, 1, 0]);
  });
});
