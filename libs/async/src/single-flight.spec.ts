import { describe, expect, it } from '@jest/globals';
import { SingleFlight } from './single-flight.js';

interface Run {
  readonly resolve: (answer: number) => void;
  readonly reject: (error: Error) => void;
}

/** Work that ends when the test says so. */
const slow = () => {
  const runs: Run[] = [];
  return { runs, flight: new SingleFlight(() => new Promise<number>((resolve, reject) => runs.push({ resolve, reject }))) };
};
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a single flight', () => {
  it('is shared by all who ask in one go', async () => {
    const { flight, runs } = slow();
    const all = [flight.run(), flight.run()];
    await turn();
    expect(runs).toHaveLength(1);
    runs[0]?.resolve(1);
    expect(await Promise.all(all)).toEqual([1, 1]);
  });

  it('is begun anew, once, for all who ask while another is on its way', async () => {
    const { flight, runs } = slow();
    const first = flight.run();
    await turn();
    const later = [flight.run(), flight.run(), flight.run()];
    await turn();
    expect(runs).toHaveLength(1);
    runs[0]?.resolve(1);
    expect(await first).toBe(1);
    await turn();
    expect(runs).toHaveLength(2);
    const latest = flight.run();
    runs[1]?.resolve(2);
    expect(await Promise.all(later)).toEqual([2, 2, 2]);
    await turn();
    runs[2]?.resolve(3);
    expect(await latest).toBe(3);
  });

  it('fails for those who share it, and for nobody who asked later', async () => {
    const { flight, runs } = slow();
    const first = flight.run();
    await turn();
    const second = flight.run();
    runs[0]?.reject(new Error('away'));
    await expect(first).rejects.toThrow('away');
    await turn();
    runs[1]?.resolve(2);
    expect(await second).toBe(2);
    const third = flight.run();
    await turn();
    runs[2]?.resolve(3);
    expect(await third).toBe(3);
  });

  it('is idle once nobody waits any more', async () => {
    const { flight, runs } = slow();
    await flight.idle();
    const first = flight.run();
    await turn();
    const second = flight.run();
    let idle = false;
    const waiting = flight.idle().then(() => (idle = true));
    runs[0]?.reject(new Error('away'));
    await expect(first).rejects.toThrow('away');
    await turn();
    expect(idle).toBe(false);
    runs[1]?.resolve(2);
    await Promise.all([second, waiting]);
  });
});
