/**
 * How many messages are read and not yet done with. All partitions' batches at once would be thousands that live through several rounds of garbage
 * collection, which then costs as much as reading them; and memory has to have an end.
 */
export class AtHand {
  #count = 0;
  readonly #waiting: { readonly count: number; readonly begin: () => void }[] = [];

  constructor(private readonly most: number) {}

  /** Works with so many messages, in the order of asking; with more than the most of them once there are no others. */
  async take<T>(count: number, work: () => Promise<T>): Promise<T> {
    if (this.#waiting.length > 0 || !this.#fits(count)) await new Promise<void>((begin) => this.#waiting.push({ count, begin }));
    else this.#count += count;
    try {
      return await work();
    } finally {
      this.#count -= count;
      this.#beginNext();
    }
  }

  #fits(count: number): boolean {
    return this.#count === 0 || this.#count + count <= this.most;
  }

  #beginNext(): void {
    for (let next = this.#waiting[0]; next && this.#fits(next.count); next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#count += next.count;
      next.begin();
    }
  }
}
