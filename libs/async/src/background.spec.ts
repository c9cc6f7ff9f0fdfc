import { describe, expect, it } from '@jest/globals';
import { BackgroundTask, runPeriodically } from './background.js';
import { idleSleep } from './time.js';

describe('a task in the background', () => {
  it('runs once, from its start to its stop, and can be started again', async () => {
    let running = 0;
    let begun = 0;
    const task = new BackgroundTask(async (signal) => {
      begun += 1;
      running += 1;
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      running -= 1;
    });
    expect(task.signal).toBeUndefined();
    task.start();
    task.start();
    expect([running, task.signal?.aborted]).toEqual([1, false]);
    await task.stop();
    await task.stop();
    expect([running, task.signal]).toEqual([0, undefined]);
    task.start();
    expect([running, begun]).toEqual([1, 2]);
    await task.stop();
  });
});

describe('what is done periodically', () => {
  it('goes on after a failure, and ends when it is told to', async () => {
    const stop = new AbortController();
    const failures: unknown[] = [];
    let times = 0;
    const work = async () => {
      times += 1;
      if (times === 1) throw new Error('first');
      if (times === 3) stop.abort();
    };
    await runPeriodically(work, { everyMs: 1, signal: stop.signal, onFailure: (error) => failures.push(error) });
    expect(times).toBe(3);
    expect(failures).toEqual([new Error('first')]);
  });

  it('is not begun when it is told to stop during the first pause', async () => {
    const stop = new AbortController();
    let times = 0;
    const running = runPeriodically(async () => void (times += 1), { everyMs: 60_000, signal: stop.signal, onFailure: () => undefined });
    await idleSleep(1);
    stop.abort();
    await running;
    expect(times).toBe(0);
  });
});
