import { nextTick } from 'node:process';

/** What one caller gave to a batch, and how it is answered. */
export interface Pending<I, O> {
  readonly item: I;
  readonly resolve: (answer: O) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * When a batch is closed: at once, so that only those share one who come while another is under way; when all promises that are settled by now have run their
 * followers, so that what goes on side by side stays side by side; or at the end of the turn of the event loop, which takes in what arrived with the same poll.
 */
export type Closing = 'at-once' | 'after-microtasks' | 'end-of-turn';

export interface BatcherOptions<I> {
  readonly closing: Closing;
  /** Weight of one batch at most; an item heavier than that goes alone. Unlimited by default. */
  readonly limit?: number;
  /** 1 by default. */
  readonly weigh?: (item: I) => number;
  /** One batch at a time, in order. By default batches run side by side. */
  readonly oneAtATime?: boolean;
}

/** Does the work of many callers in one piece: one request, one transaction, one fsync. Items keep their order, within a batch and from batch to batch. */
export class Batcher<I, O> {
  #pending: Pending<I, O>[] = [];
  #scheduled = false;
  #running: Promise<void> = Promise.resolve();

  /** @param work answers each caller; whoever it has not answered when it throws is given the error */
  constructor(
    private readonly work: (batch: readonly Pending<I, O>[]) => void | Promise<void>,
    private readonly options: BatcherOptions<I>,
  ) {}

  /** @throws what the work answers, or throws */
  add(item: I): Promise<O> {
    return new Promise((resolve, reject) => {
      this.#pending.push({ item, resolve, reject });
      if (this.#scheduled) return;
      this.#scheduled = true;
      close[this.options.closing](() => this.#begin());
    });
  }

  /** Does now what waits, instead of when its batch would be closed. Not for batchers that work one at a time. */
  flush(): void {
    while (this.#pending.length > 0) void this.#run(this.#nextBatch());
  }

  /** Resolves when what runs one at a time has been done. */
  async idle(): Promise<void> {
    await this.#running;
  }

  #begin(): void {
    if (this.options.oneAtATime) {
      this.#running = this.#runInOrder();
      return;
    }
    this.#scheduled = false;
    this.flush();
  }

  async #runInOrder(): Promise<void> {
    while (this.#pending.length > 0) await this.#run(this.#nextBatch());
    // In the same moment in which nothing was found: whoever was just answered may add the next item before anything else happens.
    this.#scheduled = false;
  }

  /** Nobody else would hear of what fails, however it does. */
  async #run(batch: readonly Pending<I, O>[]): Promise<void> {
    try {
      await this.work(batch);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  #nextBatch(): readonly Pending<I, O>[] {
    const { limit = Infinity, weigh = () => 1 } = this.options;
    let weight = 0;
    const end = limit === Infinity ? -1 : this.#pending.findIndex(({ item }, index) => (weight += weigh(item)) > limit && index > 0);
    const batch = end < 0 ? this.#pending : this.#pending.slice(0, end);
    this.#pending = end < 0 ? [] : this.#pending.slice(end);
    return batch;
  }
}

const close: Record<Closing, (begin: () => void) => void> = {
  'at-once': (begin) => begin(),
  'after-microtasks': (begin) => queueMicrotask(() => nextTick(begin)),
  'end-of-turn': (begin) => setImmediate(begin),
};

/** For those who go on side by side: they stay so, since what was read for them at once they write at once. @param limit items of one request */
export const sideBySide = <I>(limit: number): BatcherOptions<readonly I[]> => ({
  closing: 'after-microtasks',
  limit,
  weigh: (items) => items.length,
});

/** For work that makes one request of the items of all, and gives the whole answer to each. */
export const sharedAnswer =
  <I, O>(request: (items: readonly I[]) => Promise<O>) =>
  async (batch: readonly Pending<readonly I[], O>[]): Promise<void> => {
    const answer = await request(batch.flatMap(({ item }) => item));
    for (const { resolve } of batch) resolve(answer);
  };
