/** How many groups may be underway: the server works on one while this process prepares the next. */
export const groupsUnderway = 2;

/** Of so many calls the quickest tells what the work on an append takes by itself; in others it may have waited for another process. */
const lookedBack = 32;
const weight = 1 / 16;

/** What one call of the server took: all of it, and the part that it worked before it committed. Milliseconds. */
export interface Took {
  readonly appends: number;
  readonly wholeMs: number;
  readonly workMs: number;
}

/**
 * How many appends go in a group. Those that are there at once are shared out among two groups, or else both sides take turns at waiting for each other.
 * But each group has a commit of its own: where that takes longer than the server's work on all of them, waiting for the disk outweighs what working side
 * by side spares, and they go together.
 */
export class GroupSize {
  readonly #workOfOneMs: number[] = [];
  #commitMs: number | undefined;
  #open = 0;
  #enough = Infinity;

  learn({ appends, wholeMs, workMs }: Took): void {
    this.#workOfOneMs.push(workMs / appends);
    if (this.#workOfOneMs.length > lookedBack) this.#workOfOneMs.shift();
    // An answer that is read late makes one call longer and the next one shorter, less than nothing even; in the mean it is right.
    const commitMs = wholeMs - workMs;
    this.#commitMs = this.#commitMs === undefined ? commitMs : this.#commitMs + (commitMs - this.#commitMs) * weight;
  }

  /** The most appends for the next group, where so many are underway or wait now. */
  most(open: number): number {
    // Those who were just answered are about to ask again, and count all the same.
    this.#open = Math.max(open, this.#open * (1 - weight / 4));
    this.#enough = this.#isWorthTwoCommits ? Math.ceil(this.#open / groupsUnderway) : Infinity;
    return this.#enough;
  }

  /** So many need not wait for more. */
  get enough(): number {
    return this.#enough;
  }

  get #isWorthTwoCommits(): boolean {
    return this.#commitMs !== undefined && this.#open * Math.min(...this.#workOfOneMs) >= this.#commitMs;
  }
}
