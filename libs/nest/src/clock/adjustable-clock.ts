import { instantFromMs, msOf, type Clock, type Instant } from '@waymark/kernel';

/** The machine's clock, in milliseconds since 1970. */
export const systemMs = (): number => Date.now();

/** The machine's clock. */
export const systemClock: Clock = { now: () => instantFromMs(systemMs()) };

/** A clock that can be moved: it runs on from the moment it was set to. For development and tests only. */
export class AdjustableClock implements Clock {
  private offsetMs = 0;

  constructor(private readonly underlying: Clock = systemClock) {}

  now(): Instant {
    const now = this.underlying.now();
    return this.offsetMs === 0 ? now : instantFromMs(msOf(now) + this.offsetMs);
  }

  set(to: Instant): void {
    this.offsetMs = msOf(to) - msOf(this.underlying.now());
  }

  /** Set to a moment that the machine has not reached. */
  get isAhead(): boolean {
    return this.offsetMs > 0;
  }

  /** Back to the machine's time. */
  release(): void {
    this.offsetMs = 0;
  }
}
