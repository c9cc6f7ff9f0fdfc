import { describe, expect, it } from '@jest/globals';
import { noPause, until } from '../../test/events.js';
import { DeferredCheckpoint } from './deferred-checkpoint.js';

describe('noting how far work has come', () => {
  const setUp = (sleep: (ms: number) => Promise<void> = noPause, { signal } = new AbortController()) => {
    let [done, noted, notes] = [0, 0, 0];
    let onEnd = (): void => undefined;
    const noting = new DeferredCheckpoint({
      withinMs: 100,
      sleep,
      isStored: () => {
        const is = noted === done;
        if (is) onEnd();
        return is;
      },
      store: async () => {
        notes += 1;
        noted = done;
      },
      onFailure: () => undefined,
    });
    return {
      noting,
      work: () => {
        done += 1;
        noting.soon(signal);
      },
      atEnd: (then: () => void) => (onEnd = then),
      notes: () => notes,
      isNoted: () => noted === done,
    };
  };

  it('notes once for all that was done until then', async () => {
    const { work, notes, isNoted } = setUp();
    work();
    work();
    await until(isNoted);
    expect(notes()).toBe(1);
  });

  it('notes what is done in the very moment in which the last note ends', async () => {
    const { work, atEnd, notes, isNoted } = setUp();
    work();
    let ends = 0;
    // Between the look that ends the noting and whoever waits for its end.
    atEnd(() => {
      if ((ends += 1) === 1) queueMicrotask(work);
    });
    await until(() => notes() === 2 && isNoted());
  });

  it('leaves what is left to who stops it', async () => {
    const stop = new AbortController();
    const { noting, work, notes } = setUp(async () => stop.abort(), stop);
    work();
    await noting.idle();
    expect(notes()).toBe(0);
  });
});
