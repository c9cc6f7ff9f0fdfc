import { describe, expect, it } from '@jest/globals';
import { KeyedMutex, Mutex, Semaphore } from './locks.js';

/** Pieces of work that end when they are told to, and which of them have begun. */
const pieces = () => {
  const begun: string[] = [];
  const ends = new Map<string, { done: () => void; fail: (error: Error) => void }>();
  const work = (name: string) => () => {
    begun.push(name);
    return new Promise<string>((resolve, reject) => ends.set(name, { done: () => resolve(name), fail: reject }));
  };
  return { work, begun, end: (name: string) => ends.get(name)?.done(), fail: (name: string, error: Error) => ends.get(name)?.fail(error) };
};
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('a mutex', () => {
  it('runs one piece at a time, in the order of asking', async () => {
    const { work, begun, end } = pieces();
    const mutex = new Mutex();
    const all = ['a', 'b', 'c'].map((name) => mutex.run(work(name)));
    expect(begun).toEqual(['a']);
    for (const [index, name] of ['a', 'b', 'c'].entries()) {
      end(name);
      expect(await all[index]).toBe(name);
      await turn();
      expect(begun).toEqual(['a', 'b', 'c'].slice(0, index + 2));
    }
  });

  it('goes on behind a piece that fails, and tells only who asked for it', async () => {
    const { work, fail, end } = pieces();
    const mutex = new Mutex();
    const [failing, next] = [mutex.run(work('failing')), mutex.run(work('next'))];
    fail('failing', new Error('away'));
    await expect(failing).rejects.toThrow('away');
    await turn();
    end('next');
    expect(await next).toBe('next');
  });

  it('is free again after work that throws before it waits for anything', async () => {
    const mutex = new Mutex();
    const broken = mutex.run(() => {
      throw new Error('at once');
    });
    await expect(broken).rejects.toThrow('at once');
    expect(await mutex.run(async () => 'next')).toBe('next');
  });
});

describe('a mutex for each key', () => {
  it('holds up nobody who asks for another key', async () => {
    const { work, begun, end } = pieces();
    const mutex = new KeyedMutex();
    const all = [mutex.run('x', work('x1')), mutex.run('x', work('x2')), mutex.run('y', work('y1'))];
    expect(begun).toEqual(['x1', 'y1']);
    end('x1');
    await turn();
    expect(begun).toEqual(['x1', 'y1', 'x2']);
    end('x2');
    end('y1');
    expect(await Promise.all(all)).toEqual(['x1', 'x2', 'y1']);
  });

  it('is idle when all that was asked for has ended', async () => {
    const { work, end, fail } = pieces();
    const mutex = new KeyedMutex<number>();
    await mutex.idle();
    const [first, second, other] = [mutex.run(1, work('first')), mutex.run(1, work('second')), mutex.run(2, work('other'))];
    let idle = false;
    const waiting = mutex.idle().then(() => (idle = true));
    fail('first', new Error('away'));
    await expect(first).rejects.toThrow('away');
    end('other');
    await other;
    await turn();
    expect(idle).toBe(false);
    end('second');
    await Promise.all([second, waiting]);
  });

  it('never runs two of a key, however those who come and those who end meet', async () => {
    const mutex = new KeyedMutex();
    let running = 0;
    let most = 0;
    let done = 0;
    const piece = async (ticks: number) => {
      for (let i = 0; i < ticks % 5; i += 1) await Promise.resolve();
      await mutex.run('x', async () => {
        most = Math.max(most, (running += 1));
        for (let i = 0; i < ticks % 3; i += 1) await Promise.resolve();
        running -= 1;
      });
      done += 1;
    };
    const rounds = async (first: number) => {
      for (let round = 0; round < 200; round += 1) await piece(first * 7 + round * 3);
    };
    await Promise.all([0, 1, 2, 3].map(rounds));
    expect([most, done]).toEqual([1, 800]);
  });
});

describe('a semaphore', () => {
  const limited = (limit: number) => {
    const semaphore = new Semaphore(limit);
    const { work, ...rest } = pieces();
    return { run: (name: string, weight: number) => semaphore.run(weight, work(name)), ...rest };
  };

  it('runs side by side what is not too much together, and then in the order of asking', async () => {
    const { run, begun, end } = limited(10);
    const [first, second, third, fourth] = [run('a', 6), run('b', 4), run('c', 8), run('d', 1)];
    await turn();
    expect(begun).toEqual(['a', 'b']);
    end('b');
    expect(await second).toBe('b');
    await turn();
    // The last would fit; but then a heavy piece might wait for ever.
    expect(begun).toEqual(['a', 'b']);
    end('a');
    await first;
    await turn();
    expect(begun).toEqual(['a', 'b', 'c', 'd']);
    end('c');
    end('d');
    expect(await Promise.all([third, fourth])).toEqual(['c', 'd']);
  });

  it('runs alone what is heavier than the limit', async () => {
    const { run, begun, end } = limited(10);
    const [heavy, light] = [run('heavy', 50), run('light', 1)];
    await turn();
    expect(begun).toEqual(['heavy']);
    end('heavy');
    await heavy;
    await turn();
    expect(begun).toEqual(['heavy', 'light']);
    end('light');
    await light;
  });

  it('makes room for the next when a piece fails', async () => {
    const { run, begun, end, fail } = limited(10);
    const [failing, next] = [run('failing', 10), run('next', 10)];
    fail('failing', new Error('away'));
    await expect(failing).rejects.toThrow('away');
    await turn();
    expect(begun).toEqual(['failing', 'next']);
    end('next');
    expect(await next).toBe('next');
  });
});
