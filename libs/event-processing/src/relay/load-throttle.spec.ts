import { describe, expect, it } from '@jest/globals';
import { loadOfProcess, LoadThrottle, type Load } from './load-throttle.js';

/** A throttle in a process that was so busy between one piece of work and the next, and how it rested after each. */
const restsAfter = async (workedMs: number, ...times: readonly Load[]): Promise<readonly number[]> => {
  const rests: number[] = [];
  let [share, overMs] = [0, 0];
  const begin = () => {
    [share, overMs] = [0, 0];
    return () => ({ share, overMs });
  };
  const throttle = new LoadThrottle(async (ms) => void rests.push(ms), begin);
  for (const time of times) {
    share = (share * overMs + time.share * time.overMs) / (overMs + time.overMs);
    overMs += time.overMs;
    if (throttle.isBusy()) await throttle.rest(workedMs, new AbortController().signal);
  }
  return rests;
};

describe('a throttle', () => {
  it('costs nothing where the process has time to spare', async () => {
    expect(await restsAfter(20, { share: 0.5, overMs: 300 }, { share: 0.55, overMs: 300 })).toEqual([]);
  });

  it('gives way nine times as long as the work took where it has none, within a limit', async () => {
    expect(await restsAfter(20, { share: 0.95, overMs: 300 })).toEqual([180]);
    expect(await restsAfter(4_000, { share: 1, overMs: 300 })).toEqual([500]);
  });

  it('takes no burst for a process that has no time: work that comes all at once is busy while it lasts', async () => {
    expect(await restsAfter(20, { share: 1, overMs: 30 }, { share: 0, overMs: 60 }, { share: 1, overMs: 30 })).toEqual([]);
  });

  it('goes by what it saw last until it has looked for long enough again', async () => {
    const times = [
      { share: 1, overMs: 300 },
      { share: 0, overMs: 10 },
      { share: 0, overMs: 190 },
      { share: 1, overMs: 10 },
    ];
    expect(await restsAfter(10, ...times)).toEqual([90, 90]);
  });
});

describe('the load of the process', () => {
  const workedMs = (since: NodeJS.CpuUsage) => {
    const { user, system } = process.cpuUsage(since);
    return (user + system) / 1_000;
  };

  it('is the processor time that it took, whether it worked or waited', async () => {
    const [since, load] = [process.cpuUsage(), loadOfProcess()];
    while (workedMs(since) < 60);
    const worked = load();
    expect(worked.share * worked.overMs).toBeGreaterThan(55);
    expect(worked.share * worked.overMs).toBeLessThan(workedMs(since) + 5);
    const [idleSince, idle] = [process.cpuUsage(), loadOfProcess()];
    await new Promise((resolve) => setTimeout(resolve, 60));
    const waited = idle();
    expect(waited.overMs).toBeGreaterThan(55);
    expect(waited.share * waited.overMs).toBeLessThan(workedMs(idleSince) + 5);
  });
});
