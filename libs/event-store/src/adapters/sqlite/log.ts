import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Batcher, Signal, type Pending } from '@waymark/async';
import { atOnce, inTurns, type Clock, type NonEmpty, type StreamName, type Uuid } from '@waymark/kernel';
import {
  EventIdTaken,
  StoreUnavailable,
  StoreUnusable,
  WrongExpectedVersion,
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
import { headOf } from '../place.js';
import { unusableForAll } from '../unusable.js';
import { checkInBackground } from './background.js';
import { Entries } from './entries.js';
import { asStoreError, FULL, leavesDoubt, resultOf } from './errors.js';
import { InPlace } from './in-place.js';
import { Heads } from './heads.js';
import { keySet, noteOnce, settingOf } from './meta.js';
import { Names } from './names.js';
import { opening, type Opened } from './open.js';
import { Reader } from './reader.js';
import { Writer, type AppendRequest } from './writer.js';

export interface SqliteEventLogOptions {
  /** The file of events; made when it is not there. Its folder must be. */
  readonly path: string;
  readonly clock: Clock;
  /** Up to this size all of the file is checked before it is used, and in the background beyond. 32,768 pages (128 MB) by default. */
  readonly wholeUpToPages?: number;
  /** Called once with the reason when the check in the background cannot run. It is no damage: the file stays in use, and the check is tried again. */
  readonly unchecked?: (why: string) => void;
}

/**
 * The event log in one SQLite file, for one process. An append is answered after its fsync.
 * @throws StoreUnusable when the file is damaged, of another layout or in use; StoreUnavailable when it cannot be written
 */
export const openSqliteEventLog = ({ path, clock, wholeUpToPages, unchecked }: SqliteEventLogOptions): EventLog => {
  const opened = atOnce(opening(path, wholeUpToPages), () => undefined);
  return new SqliteEventLog(path, opened, clock).checkedInBackground(unchecked);
};

/**
 * The same for a process that answers health checks meanwhile: opening yields between its steps, and reports its progress.
 * @throws as {@link openSqliteEventLog}
 */
export const startSqliteEventLog = async ({
  path,
  clock,
  wholeUpToPages,
  unchecked,
  progress,
}: SqliteEventLogOptions & Progress): Promise<EventLog> => {
  const opened = await inTurns(opening(path, wholeUpToPages), progress, nextTurn);
  return new SqliteEventLog(path, opened, clock).checkedInBackground(unchecked);
};

interface Progress {
  readonly progress: (doing: string) => void;
}

type Append = Pending<AppendRequest, Appended>;

const nothing: Filter = {};

/** Exported for its own tests; everybody else opens one by {@link openSqliteEventLog}. */
export class SqliteEventLog implements EventLog, PageSource {
  readonly #names: Names;
  readonly #writer: Writer;
  readonly #reader: Reader;
  readonly #heads: Heads;
  /** Named for the rig that fills its disk (test/crash). */
  private readonly database: DatabaseSync;
  readonly growth = new Signal();
  /** One transaction, and so one fsync, for all appends of a turn. */
  readonly #appends = new Batcher<AppendRequest, Appended>((group) => this.#commitAll(group), { closing: 'end-of-turn' });
  /** The newest place that is durable; readers see nothing beyond it. */
  #head: number;
  #doubt: unknown;
  #damaged = false;
  /** The damage that the check in the background found. It may be anywhere, so that nothing is answered any more. */
  #unusable: StoreUnusable | undefined;
  readonly #closed = new AbortController();
  /** The last write found no room. */
  #full = false;
  readonly #inPlace: InPlace;

  constructor(
    private readonly path: string,
    { database, counts }: Opened,
    clock: Clock,
  ) {
    this.database = database;
    this.#names = new Names(database, path);
    this.#reader = new Reader(database, this.#names, path);
    this.#reader.counts = counts;
    this.#heads = new Heads(database, this.#reader);
    this.#writer = new Writer(database, { names: this.#names, heads: this.#heads, reader: this.#reader }, clock);
    this.#head = this.#writer.place;
    this.#inPlace = new InPlace(path);
  }

  /** Checks the rest of a file that was too large for the start; the damage that it finds is everybody's. */
  checkedInBackground(kept: (why: string) => void = () => undefined, againMs?: number): this {
    if (this.#reader.counts) return this;
    const checked = { path: this.path, reader: this.#reader, entries: new Entries(this.database, this.path), head: () => this.#head };
    void checkInBackground(checked, {
      whole: (counts) => (this.#reader.counts = counts),
      failed: (damage) => this.#stop(damage),
      kept,
      againMs,
      signal: this.#closed.signal,
    });
    return this;
  }

  /** Every event was checked, and each is counted. */
  get isWhole(): boolean {
    return this.#reader.counts !== undefined;
  }

  #stop(found: StoreUnusable): void {
    this.#damaged = true;
    this.#unusable = unusableForAll(found);
    this.growth.notify();
  }

  async append(stream: StreamName, expected: number | 'none', events: NonEmpty<SealedEvent>, commandId: Uuid): Promise<Appended> {
    this.#assertOpen();
    for (const event of events) assertNotTooLarge(stream, event);
    return this.#appends.add({ stream, expected, events, commandId });
  }

  #commitAll(group: readonly Append[]): void {
    let results: (Appended | WrongExpectedVersion)[];
    try {
      results = this.#commit(group.map(({ item }) => item));
    } catch (error) {
      // One who gives an id a second time is alone in the wrong.
      if (error instanceof EventIdTaken && group.length > 1) for (const one of group) this.#commitAll([one]);
      else for (const { reject } of group) reject(error);
      return;
    }
    results.forEach((result, index) => {
      const { resolve, reject } = group[index]!;
      if (result instanceof WrongExpectedVersion) reject(result);
      else resolve(result);
    });
    if (this.#writer.place > this.#head) {
      this.#head = this.#writer.place;
      this.growth.notify();
    }
  }

  #commit(group: readonly AppendRequest[]): (Appended | WrongExpectedVersion)[] {
    this.#assertOpen();
    if (this.#doubt instanceof StoreUnavailable) throw this.#doubt;
    if (this.#doubt)
      throw new StoreUnavailable(`${this.path}: a write failed before; restart, so that the file is read anew`, 'unreachable', {
        cause: this.#doubt,
      });
    try {
      // A row that is written alone is a transaction by itself.
      const alone = group.length === 1 && this.#writer.isOneRow(group[0]!);
      if (!alone) this.database.exec('BEGIN IMMEDIATE');
      const now = this.#writer.moment();
      const results = group.map((request) => this.#writer.append(request, now));
      if (!alone) this.database.exec('COMMIT');
      results.forEach((result, index) => this.#count(group[index]!, result));
      this.#assertInPlace();
      this.#full = false;
      return results;
    } catch (error) {
      this.#rollBack(error);
      throw asStoreError(this.path, 'appending', error);
    }
  }

  /** @throws StoreUnavailable once what was written is in no file that anybody will open again */
  #assertInPlace(): void {
    if (this.#inPlace.isIntact()) return;
    this.#doubt = new StoreUnavailable(
      `${this.path} is not where it was opened: it was deleted or replaced while in use. Nothing is acknowledged any more. Stop this process and put the folder back from its backup.`,
      'unreachable',
    );
    throw this.#doubt;
  }

  trouble(): Trouble | undefined {
    if (!this.#inPlace.isIntact()) return 'file-gone';
    if (this.#damaged) return 'damaged';
    if (this.#doubt) return 'write-failed';
    return this.#full && !this.#inPlace.hasRoom() ? 'disk-full' : undefined;
  }

  #count({ stream, events }: AppendRequest, result: Appended | WrongExpectedVersion): void {
    const { counts } = this.#reader;
    if (!counts || result instanceof WrongExpectedVersion || result.repeated) return;
    const { key } = this.#heads.of(stream)!;
    events.forEach(({ caseId }, index) => counts.take(key, result.first + index, caseId));
  }

  #rollBack(error: unknown): void {
    if (leavesDoubt(error)) this.#doubt = error;
    if (resultOf(error) === FULL) this.#full = true;
    try {
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      this.#names.reload();
      this.#heads.reload();
      this.#writer.reload();
    } catch (failed) {
      this.#doubt = failed;
    }
  }

  async committed(stream: StreamName, commandId: Uuid): Promise<Appended | undefined> {
    return this.#guarded(`looking for a command in ${stream}`, () => this.#writer.committed(stream, commandId));
  }

  async *read(
    stream: StreamName,
    { from = 1, to = Number.MAX_SAFE_INTEGER }: { from?: number; to?: number } = {},
  ): AsyncIterable<readonly StoredEvent[]> {
    for (let next = Math.max(from, 1); ;) {
      const events = this.#guarded(`reading ${stream} from version ${next}`, () => this.#readStream(stream, next, to));
      if (events.length > 0) yield events;
      if (events.length < defaultPageSize) return;
      next = events.at(-1)!.version + 1;
    }
  }

  #readStream(stream: StreamName, from: number, to: number): StoredEvent[] {
    const head = this.#heads.of(stream);
    // Most reads of a stream's tail find nothing new, and need no query.
    if (!head || from > head.version) return [];
    return this.#reader.stream(stream, head.key, { from, to: Math.min(to, head.version), size: defaultPageSize });
  }

  readAll(after: After, options: { filter?: Filter; limit?: number; pageSize?: number } = {}): AsyncIterable<readonly StoredEvent[]> {
    return readAllPages(this, after, options);
  }

  subscribe(after: After, filter: Filter | undefined, signal: AbortSignal): AsyncIterable<readonly StoredEvent[] | CaughtUp> {
    return subscribePages(this, after, filter, signal);
  }

  page(after: number, filter: Filter = nothing, size: number): Page {
    return this.#guarded(`reading from position ${headOf(after)}`, () => this.#reader.page(after, this.#head, filter, size));
  }

  async head(): Promise<After> {
    this.#assertOpen();
    return headOf(this.#head);
  }

  async keySetId(): Promise<string | undefined> {
    return this.#guarded('reading which keys it is sealed with', () => settingOf(this.database, this.path, keySet));
  }

  async bindKeySet(id: string): Promise<void> {
    this.#guarded('noting which keys it is sealed with', () => noteOnce(this.database, keySet, id));
    const bound = await this.keySetId();
    if (bound !== id) throw new StoreUnusable(`${this.path} is sealed with key set ${bound}, not ${id}. Put the right keys in place.`);
  }

  async close(): Promise<void> {
    if (!this.database.isOpen) return;
    this.#closed.abort();
    this.#appends.flush();
    this.database.close();
    this.growth.notify();
  }

  #guarded<T>(doing: string, work: () => T): T {
    this.#assertOpen();
    try {
      return work();
    } catch (error) {
      const found = asStoreError(this.path, doing, error);
      // One damaged place is known now; only the check of the whole file at a start finds the others.
      if (found instanceof StoreUnusable) this.#damaged = true;
      throw found;
    }
  }

  #assertOpen(): void {
    if (!this.database.isOpen) throw new StoreUnavailable('the event store is closed', 'closed');
    if (this.#unusable) throw this.#unusable;
  }
}
