import { describe, expect, it } from '@jest/globals';
import { Gathered, GatheredByName } from './gathered.js';

describe('what is gathered', () => {
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const asking = (most = 100) => {
    const requests: (readonly number[])[] = [];
    const answer = async (items: readonly number[]) => {
      requests.push(items);
      await turn();
      if (items.includes(13)) throw new RangeError('13');
      return new Set(items);
    };
    return { requests, gathered: new Gathered(answer, most) };
  };

  it('is one request for all who ask in one turn, however many promises lie before their questions', async () => {
    const { requests, gathered } = asking();
    const late = async (n: number) => {
      for (let i = 0; i < n; i += 1) await Promise.resolve();
      return gathered.ask([n]);
    };
    const answers = await Promise.all([late(0), late(1), late(7), late(40)]);
    expect(requests).toEqual([[0, 1, 7, 40]]);
    expect(answers.every((all) => all.size === 4)).toBe(true);
  });

  it('is one request again for those whom one answer set going', async () => {
    const { requests, gathered } = asking();
    const twice = async (n: number) => {
      await gathered.ask([n]);
      if (n % 2 === 0) await Promise.resolve();
      await gathered.ask([10 * n]);
    };
    await Promise.all([1, 2, 3].map(twice));
    expect(requests).toEqual(
      [
        [1, 2, 3],
        [10, 20, 30],
      ].map((items) => expect.arrayContaining(items)),
    );
    expect(requests).toHaveLength(2);
  });

  it('does not wait for a request that is on its way', async () => {
    const { requests, gathered } = asking();
    const first = gathered.ask([1]);
    while (requests.length === 0) await Promise.resolve().then(() => new Promise((resolve) => process.nextTick(resolve)));
    const second = gathered.ask([2]);
    await Promise.all([first, second]);
    expect(requests).toEqual([[1], [2]]);
  });

  it('fails for all who asked together, and for nobody else', async () => {
    const { gathered } = asking();
    const outcomes = await Promise.allSettled([gathered.ask([13]), gathered.ask([1])]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await gathered.ask([1])).toEqual(new Set([1]));
  });

  it('fails for who asked, too, when the request is not even made', async () => {
    const closed = new Gathered<number, void>(() => {
      throw new RangeError('closed');
    }, 100);
    await expect(closed.ask([1])).rejects.toThrow('closed');
  });

  it('keeps to so many items a request, unless one alone asks for more', async () => {
    const { requests, gathered } = asking(3);
    await Promise.all([gathered.ask([1, 2]), gathered.ask([3]), gathered.ask([4]), gathered.ask([5, 6, 7, 8]), gathered.ask([9])]);
    expect(requests).toEqual([[1, 2, 3], [4], [5, 6, 7, 8], [9]]);
  });

  it('is kept apart by name', async () => {
    const requests: [string, readonly number[]][] = [];
    const gathered = new GatheredByName(async (name, items: readonly number[]) => void requests.push([name, items]), 100);
    await Promise.all([gathered.ask('a', [1]), gathered.ask('b', [2]), gathered.ask('a', [3])]);
    expect(requests).toEqual([
      ['a', [1, 3]],
      ['b', [2]],
    ]);
  });
});
