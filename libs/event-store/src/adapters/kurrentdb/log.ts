import type { Clock, Ids, NonEmpty, StreamName, Uuid } from '@waymark/kernel';
import {
  StoreUnavailable,
  StoreUnusable,
  type After,
  type Appended,
  type CaughtUp,
  type EventLog,
  type Filter,
  type SealedEvent,
  type StoredEvent,
} from '../../event-log.js';
import { assertNotTooLarge } from '../limits.js';
import { defaultPageSize } from '../pages.js';
import { Connection } from './connection.js';
import { asStoreError } from './errors.js';
import { Follower } from './follower.js';
import { readKeySet, writeKeySet, type KeySetOptions } from './key-set.js';
import { Namespace } from './namespace.js';
import { Reader } from './reader.js';
import { ReadingClient } from './reading-client.js';
import { addressOf, type Address } from './url.js';
import { answerWithin } from './answer-within.js';
import { Writer } from './writer.js';

export interface KurrentEventLogOptions {
  /** `kurrentdb://user:password@host:2113?tls=true`, or `kurrentdb+discover://` for a cluster. Its user reads `$all` and writes our streams. */
  readonly url: string;
  readonly clock: Clock;
  /** New ids, by which the engine distinguishes attempts to append. */
  readonly ids: Ids;
  /** The prefix of our streams in the database, before a dot; `waymark` by default. Never to be changed once there are events. */
  readonly namespace?: string;
  /** How long to wait for an answer; 10,000 by default. */
  readonly timeoutMs?: number;
}

/**
 * The event log in KurrentDB (24.10 or newer), for any number of processes.
 * @throws StoreUnusable when the URL cannot be read or access is refused; StoreUnavailable when the database does not answer
 */
export const openKurrentEventLog = async (options: KurrentEventLogOptions): Promise<EventLog> => {
  const namespace = new Namespace(options.namespace ?? 'waymark');
  const log = new KurrentEventLog(addressOf(options.url), namespace, options);
  try {
    await log.ready();
  } catch (error) {
    await log.close();
    throw error;
  }
  return log;
};

class KurrentEventLog implements EventLog {
  readonly #connection: Connection;
  readonly #place: string;
  readonly #timeoutMs: number;
  readonly #reader: Reader;
  readonly #writer: Writer;
  readonly #keySet: KeySetOptions;
  readonly #closing = new AbortController();

  constructor(
    { place, connect }: Address,
    private readonly namespace: Namespace,
    { clock, ids, timeoutMs = 10_000 }: KurrentEventLogOptions,
  ) {
    const [connection, reading] = [new Connection(connect), new ReadingClient(connect)];
    this.#connection = connection;
    this.#place = place;
    this.#timeoutMs = timeoutMs;
    this.#reader = new Reader({ reading, namespace, timeoutMs });
    this.#writer = new Writer({ connection, namespace, reader: this.#reader, clock, ids, timeoutMs });
    this.#keySet = { connection, reading, namespace, ids, timeoutMs };
  }

  /** Both ways to the database lead somewhere: the one that reads, and the one that appends and follows. */
  ready(): Promise<void> {
    return this.#guarded('opening it', async () => {
      await this.#reader.head();
      await answerWithin(this.#timeoutMs, this.#connection.ready());
    });
  }

  append(stream: StreamName, expected: number | 'none', events: NonEmpty<SealedEvent>, commandId: Uuid): Promise<Appended> {
    return this.#guarded(`appending to ${stream}`, async () => {
      for (const event of events) assertNotTooLarge(stream, event);
      return this.#writer.append({ stream, expected, events, commandId });
    });
  }

  committed(stream: StreamName, commandId: Uuid): Promise<Appended | undefined> {
    return this.#guarded(`looking for a command in ${stream}`, () => this.#writer.committed(stream, commandId));
  }

  async *read(
    stream: StreamName,
    { from = 1, to = Number.MAX_SAFE_INTEGER }: { from?: number; to?: number } = {},
  ): AsyncIterable<readonly StoredEvent[]> {
    for await (const page of this.#paged(`reading ${stream}`, this.#reader.stream(stream, from, to))) {
      this.#writer.histories.saw(stream, page);
      yield page;
    }
  }

  readAll(
    after: After,
    { filter = {}, limit = Infinity, pageSize = defaultPageSize }: { filter?: Filter; limit?: number; pageSize?: number } = {},
  ): AsyncIterable<readonly StoredEvent[]> {
    return this.#paged('reading all events', this.#reader.all(after, filter, { limit, pageSize }));
  }

  async *subscribe(after: After, filter: Filter | undefined, signal: AbortSignal): AsyncIterable<readonly StoredEvent[] | CaughtUp> {
    const inWords = (error: unknown) => asStoreError(this.#place, 'following all events', error);
    const stop = AbortSignal.any([signal, this.#closing.signal]);
    yield* new Follower(
      { connection: this.#connection, namespace: this.namespace, reader: this.#reader, inWords },
      after,
      filter ?? {},
      stop,
    ).items();
    if (!signal.aborted) this.#assertOpen();
  }

  head(): Promise<After> {
    return this.#guarded('looking for the newest event', () => this.#reader.head());
  }

  keySetId(): Promise<string | undefined> {
    return this.#guarded('reading which keys it is sealed with', () => readKeySet(this.#keySet));
  }

  async bindKeySet(id: string): Promise<void> {
    await this.#guarded('noting which keys it is sealed with', () => writeKeySet(this.#keySet, id));
    const bound = await this.keySetId();
    if (bound !== id)
      throw new StoreUnusable(`the events in ${this.#place} are sealed with key set ${bound}, not ${id}. Put the right keys in place.`);
  }

  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    await this.#connection.close();
  }

  async *#paged<T>(doing: string, pages: AsyncIterable<T>): AsyncIterable<T> {
    this.#assertOpen();
    try {
      for await (const page of pages) {
        yield page;
        this.#assertOpen();
      }
    } catch (error) {
      throw this.#inWords(doing, error);
    }
  }

  async #guarded<T>(doing: string, work: () => Promise<T>): Promise<T> {
    this.#assertOpen();
    try {
      return await work();
    } catch (error) {
      throw this.#inWords(doing, error);
    }
  }

  /** What fails because it was closed says so. */
  #inWords(doing: string, error: unknown): unknown {
    const inWords = asStoreError(this.#place, doing, error);
    return this.#closing.signal.aborted && inWords instanceof StoreUnavailable ? closed() : inWords;
  }

  #assertOpen(): void {
    if (this.#closing.signal.aborted) throw closed();
  }
}

const closed = (): StoreUnavailable => new StoreUnavailable('the event store is closed', 'closed');
