import { describe, expect, it } from '@jest/globals';
import { AtHand } from './at-hand.js';

/** Pieces of work that end when they are told to, and which of them have begun. */
const workshop = (most: number) => {
  const atHand = new AtHand(most);
  const begun: string[] = [];
  const ends = new Map<string, { done: () => void; fail: (error: Error) => void }>();
  const take = (name: string, count: number) =>
    atHand.take(count, () => {
      begun.push(name);
      return new Promise<string>((resolve, reject) => ends.set(name, { done: () => resolve(name), fail: reject }));
    });
  return { take, begun, end: (name: string) => ends.get(name)?.done(), fail: (name: string, error: Error) => ends.get(name)?.fail(error) };
};
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('messages at hand', () => {
  it('are taken up side by side as long as there are not too many, and then in the order of asking', async () => {
    const { take, begun, end } = workshop(10);
    const [first, second, third, fourth] = [take('a', 6), take('b', 4), take('c', 8), take('d', 1)];
    await turn();
    expect(begun).toEqual(['a', 'b']);
    end('b');
    expect(await second).toBe('b');
    await turn();
    // The last would fit; but then a large batch might wait for ever.
    expect(begun).toEqual(['a', 'b']);
    end('a');
    await first;
    await turn();
    expect(begun).toEqual(['a', 'b', 'c', 'd']);
    end('c');
    end('d');
    expect(await Promise.all([third, fourth])).toEqual(['c', 'd']);
  });

  it('may be more than that where there are no others', async () => {
    const { take, begun, end } = workshop(10);
    const [large, small] = [take('large', 50), take('small', 1)];
    await turn();
    expect(begun).toEqual(['large']);
    end('large');
    await large;
    await turn();
    expect(begun).toEqual(['large', 'small']);
    end('small');
    await small;
  });

  it('make room for the next when their work fails, and say so', async () => {
    const { take, begun, end, fail } = workshop(10);
    const [failing, next] = [take('failing', 10), take('next', 10)];
    fail('failing', new Error('away'));
    await expect(failing).rejects.toThrow('away');
    await turn();
    expect(begun).toEqual(['failing', 'next']);
    end('next');
    expect(await next).toBe('next');
  });
});
