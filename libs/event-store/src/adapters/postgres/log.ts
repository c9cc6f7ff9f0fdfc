import pg from 'pg';
import { Signal } from '@waymark/async';
import type { Clock, NonEmpty, StreamName, Uuid } from '@waymark/kernel';
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
  type Trouble,
} from '../../event-log.js';
import { assertNotTooLarge } from '../limits.js';
import { defaultPageSize, readAllPages, subscribePages, type Page, type PageSource } from '../pages.js';
import { headOf, toPlace } from '../place.js';
import { unusableForAll } from '../unusable.js';
import { checkInBackground } from './background.js';
import { clientConfig, connect, placeOf, planForALargeRecord } from './connect.js';
import { assertEntries } from './entries.js';
import { asStoreError, damageIn, isLost, type Place } from './errors.js';
import { ReconnectingClient } from './reconnecting-client.js';
import { assertKeepsWhatItTakes, migrate } from './open.js';
import { retryUntilAvailable } from './retry-until-available.js';
import { Reader } from './reader.js';
import { Rows } from './rows.js';
import { sessionSettings } from './schema.js';
import { TailCache } from './tail-cache.js';
import { Watch } from './watch.js';
import { Writer } from './writer.js';

export interface PostgresEventLogOptions {
  /** `postgres://user:password@host:5432/database`, of the primary. A record has its database to itself, in the schema `waymark_events`. TLS by `?sslmode=verify-full&sslrootcert=…`. */
  readonly url: string;
  /** The password, where it does not stand in the URL. */
  readonly password?: string;
  readonly clock: Clock;
  /** Connections for reading, made when they are needed; 4 by default. Two more are the writer's and the listener's. */
  readonly connections?: number;
  /** How long one query may take, and how long to look for the outcome of an append whose answer was lost; 10 s by default. */
  readonly timeoutMs?: number;
  /** The most that a lost notification delays subscribers; 1 s by default. */
  readonly pollMs?: number;
  /** How long after the start the event log is checked for the first time, in the background; a minute by default. Then again each day. */
  readonly checkAfterMs?: number;
  /** The pause before a check that failed for another reason than damage is tried again; a minute by default. */
  readonly checkAgainMs?: number;
  /** Called once with the reason when the check cannot run. It is no damage: the event log stays in use, and the check is tried again. */
  readonly unchecked?: (why: string) => void;
  /** Called with the progress of migrating an earlier layout. */
  readonly progress?: (doing: string) => void;
}

/**
 * The event log in a PostgreSQL database, for any number of processes. Makes its tables at the first start.
 * @throws StoreUnavailable when the server cannot be reached or is read-only; StoreUnusable when it, its address or what is in it has to be fixed by hand
 */
export const openPostgresEventLog = async (options: PostgresEventLogOptions): Promise<EventLog> => {
  const { timeoutMs = 10_000, connections = 4, pollMs = 1_000, checkAfterMs = 60_000, clock } = options;
  const place = placeOf({ url: options.url, password: options.password });
  const config = clientConfig(place.config, timeoutMs);
  const line = new ReconnectingClient(() => connect({ ...config, pipeline: true }, (client) => readyToWrite(client, place)));
  try {
    await migrate(await line.client(), place, options.progress ?? (() => undefined));
  } catch (error) {
    await line.drop();
    throw asStoreError(place, error, true);
  }
  const pool = new pg.Pool({ ...config, max: connections, idleTimeoutMillis: 30_000, verify: planForALargeRecord });
  // An idle connection that ends is replaced when the next one is needed.
  pool.on('error', () => undefined);
  return new PostgresEventLog(place, {
    line,
    pool,
    listen: () => connect(config, async () => undefined),
    clock,
    timeoutMs,
    pollMs,
    checkAfterMs,
    checkAgainMs: options.checkAgainMs,
    unchecked: options.unchecked ?? (() => undefined),
  });
};

const readyToWrite = async (client: pg.Client, place: Place): Promise<void> => {
  await assertKeepsWhatItTakes(client, place);
  await client.query(sessionSettings);
};

interface Deps {
  readonly line: ReconnectingClient;
  readonly pool: pg.Pool;
  readonly listen: () => Promise<pg.Client>;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly pollMs: number;
  readonly checkAfterMs: number;
  readonly checkAgainMs: number | undefined;
  readonly unchecked: (why: string) => void;
}

class PostgresEventLog implements EventLog, PageSource {
  readonly growth = new Signal();
  readonly #writer: Writer;
  readonly #reader: Reader;
  readonly #watch: Watch;
  readonly #tail: TailCache;
  readonly #pool: pg.Pool;
  #closed = false;
  readonly #closing = new AbortController();
  /** The damage that the check in the background found. It may be anywhere, so that nothing is answered any more. */
  #unusable: StoreUnusable | undefined;

  constructor(
    private readonly place: Place,
    { line, pool, listen, clock, timeoutMs, pollMs, checkAfterMs, checkAgainMs, unchecked }: Deps,
  ) {
    this.#pool = pool;
    const rows = new Rows(place.database);
    this.#reader = new Reader(pool, rows);
    void checkInBackground({
      page: (after, size) => this.#reader.page(after, undefined, size),
      assertEntries: (after, to) => assertEntries(pool, rows, after, to),
      damageIn: (error) => damageIn(place, error),
      inWords: (error) => asStoreError(place, error),
      beginAfterMs: checkAfterMs,
      againMs: checkAgainMs,
      kept: unchecked,
      failed: (found) => {
        this.#unusable = unusableForAll(found);
        this.growth.notify();
      },
      signal: this.#closing.signal,
    });
    this.#tail = new TailCache({
      everything: (after) => this.#reader.page(after, undefined, defaultPageSize),
      told: () => this.#watch.told,
    });
    this.#watch = new Watch({ connect: listen, growth: this.growth, pollMs, onShorter: () => this.#tail.forget() });
    this.#writer = new Writer({
      line,
      clock,
      timeoutMs,
      told: (error) => asStoreError(place, error),
      onCommit: (newest) => this.#watch.saw(toPlace(newest)),
    });
  }

  async append(stream: StreamName, expected: number | 'none', events: NonEmpty<SealedEvent>, commandId: Uuid): Promise<Appended> {
    this.#assertOpen();
    for (const event of events) assertNotTooLarge(stream, event);
    return this.#writer.append({ stream, expected, events, commandId });
  }

  async committed(stream: StreamName, commandId: Uuid): Promise<Appended | undefined> {
    return this.#asked(() => this.#reader.committed(stream, commandId));
  }

  async *read(
    stream: StreamName,
    { from = 1, to = Number.MAX_SAFE_INTEGER }: { from?: number; to?: number } = {},
  ): AsyncIterable<readonly StoredEvent[]> {
    for (let next = from; ;) {
      const events = await this.#asked(() => this.#reader.stream(stream, { from: next, to, size: defaultPageSize }));
      if (events.length > 0) yield events;
      if (events.length < defaultPageSize) return;
      next = events.at(-1)!.version + 1;
    }
  }

  readAll(after: After, options: { filter?: Filter; limit?: number; pageSize?: number } = {}): AsyncIterable<readonly StoredEvent[]> {
    return readAllPages(this, after, options);
  }

  subscribe(after: After, filter: Filter | undefined, signal: AbortSignal): AsyncIterable<readonly StoredEvent[] | CaughtUp> {
    this.#watch.start();
    return subscribePages(this, after, filter, signal);
  }

  /** A subscriber waits for a server that is unavailable and goes on where it was; any other caller gets the error. */
  page(after: number, filter: Filter | undefined, size: number, signal?: AbortSignal): Promise<Page> {
    if (!signal) return this.#asked(() => this.#reader.page(after, filter, size));
    const stopped = { events: [], reached: after, head: after };
    return retryUntilAvailable(() => this.#asked(() => this.#followed(after, filter, size)), signal, stopped);
  }

  async #followed(after: number, filter: Filter | undefined, size: number): Promise<Page> {
    const kept = await this.#tail.page(after, filter, size);
    if (kept) return kept;
    const page = await this.#reader.page(after, filter, size);
    if (page.reached === page.head) this.#tail.begin(page.head);
    return page;
  }

  async head(): Promise<After> {
    return headOf(await this.#asked(() => this.#reader.head()));
  }

  async keySetId(): Promise<string | undefined> {
    return this.#asked(async () => {
      const { rows } = await this.#pool.query<{ value: string }>("SELECT value FROM waymark_events.meta WHERE key = 'key-set'");
      return rows[0]?.value;
    });
  }

  async bindKeySet(id: string): Promise<void> {
    await this.#asked(() => this.#pool.query("INSERT INTO waymark_events.meta VALUES ('key-set', $1) ON CONFLICT DO NOTHING", [id]));
    const bound = await this.keySetId();
    if (bound !== id)
      throw new StoreUnusable(
        `The event log in the database "${this.place.database}" is sealed with key set ${bound}, not ${id}. Put the right keys in place.`,
      );
  }

  trouble(): Trouble | undefined {
    return this.#unusable && 'damaged';
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#closing.abort();
    this.growth.notify();
    await Promise.all([this.#writer.close(), this.#watch.close(), this.#pool.end()]);
  }

  /** Queries twice at most: a connection that had waited in the pool may have been lost long ago. */
  async #asked<T>(question: () => Promise<T>): Promise<T> {
    this.#assertOpen();
    try {
      return await question().catch((error: unknown) => (isLost(error) && !this.#closed ? question() : thrown(error)));
    } catch (error) {
      this.#assertOpen();
      throw asStoreError(this.place, error);
    }
  }

  #assertOpen(): void {
    if (this.#closed) throw new StoreUnavailable('the event store is closed', 'closed');
    if (this.#unusable) throw this.#unusable;
  }
}

const thrown = (error: unknown): never => {
  throw error;
};
