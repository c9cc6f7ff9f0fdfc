import { msOf, type Clock, type Instant } from '@waymark/kernel';

/** Two machines' clocks differ by moments. What is further ahead was dated by a clock that somebody set, and is not followed. */
const widestMs = 60_000;

/**
 * A clock that is never behind what this process has read: a decision is dated no earlier than what it rests on, though another machine, whose clock is
 * ahead, recorded that. Without it a consent that was withdrawn there a moment ago (CON-13) would still be in force here.
 */
export class CausalClock implements Clock {
  private newest: Instant | undefined;

  constructor(readonly underlying: Clock) {}

  now(): Instant {
    const now = this.underlying.now();
    return this.newest !== undefined && this.newest > now && msOf(this.newest) - msOf(now) <= widestMs ? this.newest : now;
  }

  /** Takes note of when something was recorded that this process has read. */
  observe(recordedAt: Instant): void {
    if (this.newest === undefined || recordedAt > this.newest || msOf(this.newest) - msOf(this.underlying.now()) > widestMs)
      this.newest = recordedAt;
  }
}
