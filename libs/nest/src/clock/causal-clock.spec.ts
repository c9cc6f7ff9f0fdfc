import { describe, expect, it } from '@jest/globals';
import { instant, type Instant } from '@waymark/kernel';
import { CausalClock } from './causal-clock.js';

describe('a causal clock', () => {
  const at = (seconds: number): Instant => instant(new Date(Date.UTC(2026, 2, 2, 9, 0, seconds)).toISOString());
  const settable = { at: at(0), now: () => settable.at };
  const fresh = (now: Instant) => {
    settable.at = now;
    return new CausalClock(settable);
  };

  it('is the clock beneath while nothing that was read is ahead of it', () => {
    const clock = fresh(at(10));
    clock.observe(at(5));
    expect(clock.now()).toBe(at(10));
  });

  it('is not behind what was read, until the clock beneath has caught up', () => {
    const clock = fresh(at(10));
    clock.observe(at(12));
    clock.observe(at(11));
    expect(clock.now()).toBe(at(12));
    settable.at = at(13);
    expect(clock.now()).toBe(at(13));
  });

  it('does not follow a clock that was set', () => {
    const clock = fresh(at(10));
    clock.observe(at(600));
    expect(clock.now()).toBe(at(10));
    clock.observe(at(11));
    expect(clock.now()).toBe(at(11));
  });
});
