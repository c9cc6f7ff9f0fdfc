import type { Appended } from '../../event-log.js';
import type { AppendRequest } from './request.js';

export interface Waiting extends AppendRequest {
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
}

const mostAppends = 500;
const mostBytes = 4 * 1024 * 1024;

/** Appends that wait for the next group. */
export class Queue {
  #waiting: Waiting[] = [];

  constructor(private readonly leave: () => void) {}

  get length(): number {
    return this.#waiting.length;
  }

  add(waiting: Waiting): void {
    // At the end of this turn of the event loop, so that all appends of the turn share a group.
    if (this.#waiting.push(waiting) === 1) setImmediate(this.leave);
  }

  /**
   * The next group, first come, first served; only the first append of a stream, since the version of the next depends on its outcome.
   * @param most appends that it may have
   */
  take(most: number): Waiting[] {
    const streams = new Set<string>();
    const [group, later]: [Waiting[], Waiting[]] = [[], []];
    let bytes = 0;
    for (const waiting of this.#waiting) {
      const fits = group.length === 0 || (group.length < most && group.length < mostAppends && bytes < mostBytes);
      if (fits && !streams.has(waiting.stream)) {
        group.push(waiting);
        for (const { data } of waiting.events) bytes += data.length;
      } else later.push(waiting);
      streams.add(waiting.stream);
    }
    this.#waiting = later;
    return group;
  }
}
