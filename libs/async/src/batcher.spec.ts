import { describe, expect, it } from '@jest/globals';
import { Batcher, sharedAnswer, sideBySide, type Pending } from './batcher.js';

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a batch of what is asked for side by side', () => {
  const asking = (limit = 100) => {
    const requests: (readonly number[])[] = [];
    const answer = async (items: readonly number[]) => {
      requests.push(items);
      await turn();
      if (items.includes(13)) throw new RangeError('13');
      return new Set(items);
    };
    const batcher = new Batcher(sharedAnswer(answer), sideBySide<number>(limit));
    return { requests, batcher };
  };

  it('is one request for all who ask in one turn, however many promises lie before their questions', async () => {
    const { requests, batcher } = asking();
    const late = async (n: number) => {
      for (let i = 0; i < n; i += 1) await Promise.resolve();
      return batcher.add([n]);
    };
    const answers = await Promise.all([late(0), late(1), late(7), late(40)]);
    expect(requests).toEqual([[0, 1, 7, 40]]);
    expect(answers.every((all) => all.size === 4)).toBe(true);
  });

  it('is one request again for those whom one answer set going', async () => {
    const { requests, batcher } = asking();
    const twice = async (n: number) => {
      await batcher.add([n]);
      if (n % 2 === 0) await Promise.resolve();
      await batcher.add([10 * n]);
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
    const { requests, batcher } = asking();
    const first = batcher.add([1]);
    while (requests.length === 0) await Promise.resolve().then(() => new Promise((resolve) => process.nextTick(resolve)));
    const second = batcher.add([2]);
    await Promise.all([first, second]);
    expect(requests).toEqual([[1], [2]]);
  });

  it('fails for all who asked together, and for nobody else', async () => {
    const { batcher } = asking();
    const outcomes = await Promise.allSettled([batcher.add([13]), batcher.add([1])]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await batcher.add([1])).toEqual(new Set([1]));
  });

  it('fails for who asked, too, when the request is not even made', async () => {
    const closed = new Batcher<number, void>(
      () => {
        throw new RangeError('closed');
      },
      { closing: 'after-microtasks' },
    );
    await expect(closed.add(1)).rejects.toThrow('closed');
  });

  it('keeps to so many items a request, unless one alone asks for more', async () => {
    const { requests, batcher } = asking(3);
    await Promise.all([batcher.add([1, 2]), batcher.add([3]), batcher.add([4]), batcher.add([5, 6, 7, 8]), batcher.add([9])]);
    expect(requests).toEqual([[1, 2, 3], [4], [5, 6, 7, 8], [9]]);
  });
});

describe('a batch that is closed at the end of the turn', () => {
  const committing = () => {
    const batches: (readonly number[])[] = [];
    const commit = (batch: readonly Pending<number, string>[]) => {
      batches.push(batch.map(({ item }) => item));
      for (const { item, resolve, reject } of batch)
        if (item < 0) reject(new RangeError('below zero'));
        else resolve(`${item}`);
    };
    return { batches, batcher: new Batcher(commit, { closing: 'end-of-turn' }) };
  };

  it('answers each caller by itself', async () => {
    const { batches, batcher } = committing();
    const [good, bad, other] = [batcher.add(1), batcher.add(-1), batcher.add(2)];
    await expect(bad).rejects.toThrow('below zero');
    expect(await Promise.all([good, other])).toEqual(['1', '2']);
    expect(batches).toEqual([[1, -1, 2]]);
  });

  it('can be done at once, and is not done again then', async () => {
    const { batches, batcher } = committing();
    const first = batcher.add(1);
    batcher.flush();
    expect(batches).toEqual([[1]]);
    await first;
    await turn();
    await batcher.add(2);
    expect(batches).toEqual([[1], [2]]);
  });
});

describe('batches of which one is done at a time', () => {
  const sending = (limit?: number) => {
    const batches: (readonly number[])[] = [];
    const ends: (() => void)[] = [];
    const send = async (batch: readonly Pending<number, void>[]) => {
      batches.push(batch.map(({ item }) => item));
      await new Promise<void>((resolve) => ends.push(resolve));
      if (batch.some(({ item }) => item === 13)) throw new RangeError('13');
      for (const { resolve } of batch) resolve();
    };
    return { batches, ends, batcher: new Batcher(send, { closing: 'at-once', oneAtATime: true, ...(limit ? { limit } : {}) }) };
  };

  it('begin at once, and take in what comes meanwhile', async () => {
    const { batches, ends, batcher } = sending();
    const all = [1, 2, 3].map((item) => batcher.add(item));
    expect(batches).toEqual([[1]]);
    ends[0]?.();
    await turn();
    expect(batches).toEqual([[1], [2, 3]]);
    let idle = false;
    const waiting = batcher.idle().then(() => (idle = true));
    await turn();
    expect(idle).toBe(false);
    ends[1]?.();
    await Promise.all([...all, waiting]);
  });

  it('go on behind one that failed, and begin again after a pause', async () => {
    const { batches, ends, batcher } = sending(2);
    const [first, second, third] = [batcher.add(13), batcher.add(2), batcher.add(3)];
    ends[0]?.();
    await expect(first).rejects.toThrow('13');
    await turn();
    ends[1]?.();
    await Promise.all([second, third]);
    const fourth = batcher.add(4);
    await turn();
    ends[2]?.();
    await fourth;
    expect(batches).toEqual([[13], [2, 3], [4]]);
  });
});
