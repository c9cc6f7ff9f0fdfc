import { describe, expect, it } from '@jest/globals';
import { Together } from './together.js';

interface Open {
  readonly resolve: (answer: number) => void;
  readonly reject: (error: Error) => void;
}

/** A question that is answered when the test says so. */
const slow = () => {
  const open: Open[] = [];
  return { open, together: new Together(() => new Promise<number>((resolve, reject) => open.push({ resolve, reject }))) };
};
const turns = () => new Promise((resolve) => setImmediate(resolve));

describe('a question that many ask', () => {
  it('is put once for all who ask while another is on its way, and after they asked', async () => {
    const { together, open } = slow();
    const first = together.ask();
    const later = [together.ask(), together.ask(), together.ask()];
    expect(open).toHaveLength(1);
    open[0]?.resolve(1);
    expect(await first).toBe(1);
    await turns();
    expect(open).toHaveLength(2);
    const latest = together.ask();
    open[1]?.resolve(2);
    expect(await Promise.all(later)).toEqual([2, 2, 2]);
    await turns();
    open[2]?.resolve(3);
    expect(await latest).toBe(3);
  });

  it('is put anew for those who come behind one that failed', async () => {
    const { together, open } = slow();
    const first = together.ask();
    const second = together.ask();
    open[0]?.reject(new Error('away'));
    await expect(first).rejects.toThrow('away');
    await turns();
    open[1]?.resolve(2);
    expect(await second).toBe(2);
    const third = together.ask();
    open[2]?.resolve(3);
    expect(await third).toBe(3);
  });
});
