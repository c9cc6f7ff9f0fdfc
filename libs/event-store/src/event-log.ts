import type { CaseId, Envelope, NonEmpty, StreamName, Instant, Uuid } from '@waymark/kernel';

/**
 * A place in the one global order. Opaque and serialisable, ordered by plain string comparison, never dense, never
 * computed with. SQLite and PostgreSQL: a zero-padded integer. KurrentDB: commit and prepare position.
 */
export type Position = string & { readonly __position: unique symbol };
export type After = Position | 'start';

/** An event's data as JSON text in which every personal value is ciphertext. Only the sealing codec makes one. */
export type SealedJson = string & { readonly __sealed: unique symbol };

/** An event on its way to an adapter. */
export interface SealedEvent extends Envelope {
  readonly id: Uuid;
  readonly type: string;
  readonly data: SealedJson;
}

/** An event as an adapter gives it back. */
export interface StoredEvent extends SealedEvent {
  readonly stream: StreamName;
  /** Dense from 1 within its stream. */
  readonly version: number;
  readonly position: Position;
  /** When the store took it; never earlier than the event before it in the stream. */
  readonly recordedAt: Instant;
  readonly commandId: Uuid;
}

export interface Appended {
  readonly stream: StreamName;
  /** Versions of the first and the last event of this append. */
  readonly first: number;
  readonly last: number;
  /** Position of the last event. */
  readonly position: Position;
  readonly recordedAt: Instant;
  /** The command id was in the stream already: this is its first result and nothing was written. */
  readonly repeated: boolean;
}

/** Conditions are joined by "and"; prefixes of one list by "or". Adapters filter in the engine where it can. */
export interface Filter {
  readonly typePrefixes?: readonly string[];
  readonly streamPrefixes?: readonly string[];
  readonly caseId?: CaseId;
}

export interface CaughtUp {
  readonly caughtUp: true;
  readonly position: After;
}

/**
 * What an engine has to offer. Adapters: memory, SQLite, PostgreSQL; KurrentDB fits unchanged. Pages instead of single events, because every
 * engine reads in batches. Sealing, schemas and upcasting are above it.
 */
export interface EventLog {
  /** All or nothing, to one stream. A command id already in the stream gives its first result again, whatever `expected` says.
   *  @throws WrongExpectedVersion | EventIdTaken | EventTooLarge | StoreUnavailable */
  append(stream: StreamName, expected: number | 'none', events: NonEmpty<SealedEvent>, commandId: Uuid): Promise<Appended>;
  /** The first result of a command in a stream, if it was committed. */
  committed(stream: StreamName, commandId: Uuid): Promise<Appended | undefined>;
  /** Pages of a stream in order; none when there is no such stream. Versions are inclusive. */
  read(stream: StreamName, range?: { readonly from?: number; readonly to?: number }): AsyncIterable<readonly StoredEvent[]>;
  /** Pages of everything in the global order, up to the head at the time of each page; then it ends. Once a position was seen, nothing appears before it. */
  readAll(
    after: After,
    options?: { readonly filter?: Filter; readonly limit?: number; readonly pageSize?: number; readonly backwards?: false },
  ): AsyncIterable<readonly StoredEvent[]>;
  /** Endless: pages, and a mark each time the head was reached (its position is the head, even when a filter let nothing through). Ends only by the signal, without an error. */
  subscribe(after: After, filter: Filter | undefined, signal: AbortSignal): AsyncIterable<readonly StoredEvent[] | CaughtUp>;
  /**
   * The newest position; 'start' when empty. As of a moment after the call, never a cached one: a caller relies on everything behind it being newer than
   * what it did before the call.
   */
  head(): Promise<After>;
  /** The id of the key set that the event log is sealed with; undefined before the first seal. */
  keySetId(): Promise<string | undefined>;
  /** Remembers the key set for good. @throws StoreUnusable when the event log is sealed with another */
  bindKeySet(id: string): Promise<void>;
  /** What keeps it from taking events now, as far as that is known without writing one; undefined where nothing does. */
  trouble?(): Trouble | undefined;
  close(): Promise<void>;
}

/** `file-gone`: its file was deleted or replaced. `write-failed`: nobody knows what the disk holds until it is opened anew. `disk-full`. `damaged`: a read, or a check in the background, met what was not written. */
export type Trouble = 'file-gone' | 'write-failed' | 'disk-full' | 'damaged';

export class WrongExpectedVersion extends Error {
  override readonly name = 'WrongExpectedVersion';
  constructor(
    readonly stream: StreamName,
    readonly expected: number | 'none',
    readonly actual: number,
  ) {
    super(`${stream} is at version ${actual}, not ${expected}`);
  }
}

/** An event of the log, or another one of the same append, has this id already: a fault of the program. Nothing of the append was written. */
export class EventIdTaken extends Error {
  override readonly name = 'EventIdTaken';
  constructor(readonly id: Uuid) {
    super(`the event log holds an event ${id} already; nothing of this append was written`);
  }
}

/** One event's data is over the limit of the store (1 MiB as sealed JSON). */
export class EventTooLarge extends Error {
  override readonly name = 'EventTooLarge';
}

/** The engine cannot take or give events now: disk full, connection lost, closed. Nothing was acknowledged; the message says where something may still have been written. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  constructor(
    message: string,
    readonly reason: 'disk-full' | 'read-only' | 'closed' | 'unreachable',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The store's own file or database is damaged, of another version, in use by another process, or not to be entered as configured. The message names the place and what to do. */
export class StoreUnusable extends Error {
  override readonly name = 'StoreUnusable';
}

export const maxSealedBytes = 1024 * 1024;
