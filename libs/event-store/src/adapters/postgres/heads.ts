import type { Instant, StreamName } from '@waymark/kernel';
import { BoundedMap } from '../../bounded-map.js';
import type { Appended } from '../../event-log.js';
import type { AppendRequest } from './request.js';

/** Streams whose newest version is kept in memory. */
const kept = 50_000;

/**
 * The newest version of streams as the server acknowledged them on the connection that is open now. Another process may have gone further, never
 * back: a server that lost something is met on another connection, for which everything is forgotten.
 */
export class Heads {
  readonly #heads = new BoundedMap<StreamName, { readonly version: number; readonly recordedAt: Instant }>(kept);

  /** Whether an append needs no look at what is there: what it goes on from is known, or it goes on from nothing. */
  knows({ stream, expected }: AppendRequest): boolean {
    const version = this.#heads.get(stream)?.version;
    return expected === 'none' || expected === 0 ? version === undefined : version === expected;
  }

  /** The moment, or that of the stream's newest event where the clock is behind it; instants order as text. */
  notBefore(stream: StreamName, now: Instant): Instant {
    const before = this.#heads.get(stream)?.recordedAt;
    return before !== undefined && before > now ? before : now;
  }

  learn({ stream, last, recordedAt, repeated }: Appended): void {
    if (!repeated) this.#heads.set(stream, { version: last, recordedAt });
  }

  /** Somebody else wrote to it. */
  forget(stream: StreamName): void {
    this.#heads.delete(stream);
  }

  forgetAll(): void {
    this.#heads.clear();
  }
}
