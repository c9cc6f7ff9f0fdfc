/** How many groups may be underway: the server works on one while this process prepares the next. */
export const groupsUnderway = 2;

/** The window of calls of which the quickest counts as the time a step takes by itself; the others may have waited for another process. */
const lookedBack = 32;
const weight = 1 / 16;

/** What one call of the server took, in milliseconds. */
export interface Took {
  readonly appends: number;
  /** From when the server could begin until its answer was read. */
  readonly wholeMs: number;
  /** When the server began, by its own clock. */
  readonly beganMs: number;
  /** How long it worked before it committed. */
  readonly workMs: number;
}

/**
 * How many appends go in a group. Appends that wait at the same time are split into two groups, so that process and server work in parallel instead of
 * waiting for each other. But each group has a commit of its own: where a commit takes longer than the server's work on all of them, waiting for the disk
 * costs more than working in parallel saves, and they go in one group.
 */
export class GroupSize {
  readonly #workOfOneMs = new Quickest();
  readonly #betweenMs = new Quickest();
  #restMs: number | undefined;
  #workedUntilMs: number | undefined;
  #open = 0;
  #enough = Infinity;

  learn({ appends, wholeMs, beganMs, workMs }: Took): void {
    this.#workOfOneMs.add(workMs / appends);
    // An answer that is read late makes one call longer and the next one shorter, less than nothing even; in the mean it is right.
    const restMs = wholeMs - workMs;
    this.#restMs = this.#restMs === undefined ? restMs : this.#restMs + (restMs - this.#restMs) * weight;
    if (this.#workedUntilMs !== undefined) this.#betweenMs.add(beganMs - this.#workedUntilMs);
    this.#workedUntilMs = beganMs + workMs;
  }

  /** The next answer is another server's, with a clock of its own. */
  meetAnother(): void {
    this.#workedUntilMs = undefined;
  }

  /** The most appends for the next group, where so many are underway or wait now. */
  most(open: number): number {
    // Callers that were just answered are likely to append again, so they still count.
    this.#open = Math.max(open, this.#open * (1 - weight / 4));
    this.#enough = this.#isWorthTwoCommits ? Math.ceil(this.#open / groupsUnderway) : Infinity;
    return this.#enough;
  }

  /** So many need not wait for more. */
  get enough(): number {
    return this.#enough;
  }

  get #isWorthTwoCommits(): boolean {
    return this.#commitMs !== undefined && this.#open * this.#workOfOneMs.value >= this.#commitMs;
  }

  /**
   * An estimate of how long a commit takes. The rest of a call is too much where this process is busy and reads answers late; the gap between the work on
   * two groups is too much where the second had not arrived yet. The smaller of the two is nearer.
   */
  get #commitMs(): number | undefined {
    return this.#restMs === undefined ? undefined : Math.min(this.#restMs, this.#betweenMs.value);
  }
}

class Quickest {
  readonly #newest: number[] = [];

  add(ms: number): void {
    this.#newest.push(ms);
    if (this.#newest.length > lookedBack) this.#newest.shift();
  }

  /** Infinite before the first. */
  get value(): number {
    return Math.min(...this.#newest);
  }
}
