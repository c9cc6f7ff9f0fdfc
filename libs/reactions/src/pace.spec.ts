import { describe, expect, it } from '@jest/globals';
import { Pace } from './pace.js';

const restsOf = async (utilisation: number, workedMs: number): Promise<readonly number[]> => {
  const rests: number[] = [];
  const pace = new Pace(
    async (ms) => void rests.push(ms),
    () => () => utilisation,
  );
  await pace.rest(workedMs, new AbortController().signal);
  return rests;
};

describe('a pace', () => {
  it('costs a moment where the process has time to spare', async () => {
    expect(await restsOf(0.5, 20)).toEqual([2]);
  });

  it('gives way nine times as long as the work took where it has none, within a limit', async () => {
    expect(await restsOf(0.95, 20)).toEqual([2, 180]);
    expect(await restsOf(1, 4_000)).toEqual([2, 500]);
  });
});
