import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Clock, Instant, NonEmpty, StreamName, Uuid } from '@waymark/kernel';
import { EventIdTaken, WrongExpectedVersion, type Appended, type SealedEvent } from '../../event-log.js';
import { rowChecksum } from '../checksum.js';
import { toPosition } from '../place.js';
import { CONSTRAINT, resultOf } from './errors.js';
import type { Heads, StreamHead } from './heads.js';
import type { Names } from './names.js';
import type { Reader } from './reader.js';
import { insertEvent } from './schema.js';

/** One append as the caller requested it. */
export interface AppendRequest {
  readonly stream: StreamName;
  readonly expected: number | 'none';
  readonly events: NonEmpty<SealedEvent>;
  readonly commandId: Uuid;
}

/** Where in the event log an event of an append goes. */
interface At {
  readonly stream: StreamName;
  readonly key: number;
  version: number;
  batch: number;
  readonly commandId: Uuid;
  readonly recordedAt: Instant;
}

/** Writes the appends of one transaction. Each stands for itself: one that is refused writes nothing and disturbs no other. */
export class Writer {
  #place = 0;
  readonly #insert: StatementSync;
  readonly #newest: StatementSync;

  constructor(
    database: DatabaseSync,
    private readonly known: { readonly names: Names; readonly heads: Heads; readonly reader: Reader },
    private readonly clock: Clock,
  ) {
    this.#insert = database.prepare(insertEvent);
    this.#newest = database.prepare('SELECT position FROM events ORDER BY position DESC LIMIT 1');
    this.reload();
  }

  /** The newest place taken, committed or not. */
  get place(): number {
    return this.#place;
  }

  /** Goes back to what the file says, after a transaction was rolled back. */
  reload(): void {
    const newest = this.#newest.get() as { position: number } | undefined;
    this.#place = newest?.position ?? 0;
  }

  /** The clock's moment for a group of appends. */
  moment(): Instant {
    return this.clock.now();
  }

  /** Whether an append writes one row and nothing else: one event, and every name in it known. */
  isOneRow({ stream, events }: AppendRequest): boolean {
    return events.length === 1 && this.known.heads.of(stream) !== undefined && this.known.names.knows(events[0]);
  }

  append(request: AppendRequest, now: Instant): Appended | WrongExpectedVersion {
    const { stream, expected, commandId } = request;
    const head = this.known.heads.of(stream);
    const actual = head?.version ?? 0;
    if (actual !== (expected === 'none' ? 0 : expected))
      return (head && this.#repeated(stream, head, commandId)) ?? new WrongExpectedVersion(stream, expected, actual);
    return this.#write(request, head ?? this.known.heads.begin(stream), now);
  }

  committed(stream: StreamName, commandId: Uuid): Appended | undefined {
    const head = this.known.heads.of(stream);
    return head && this.#repeated(stream, head, commandId);
  }

  #write({ stream, events, commandId }: AppendRequest, head: StreamHead, now: Instant): Appended {
    // Never earlier than the event before it in the stream, whatever the clock does; instants order as text.
    const recordedAt = head.recordedAt === '' || now > head.recordedAt ? now : head.recordedAt;
    const first = head.version + 1;
    const at = { stream, key: head.key, version: first, batch: events.length, commandId, recordedAt };
    for (const event of events) {
      const repeated = this.#insertUnlessRepeated(event, at, head);
      if (repeated) return repeated;
      at.version += 1;
      at.batch = 0;
    }
    head.version += events.length;
    head.recordedAt = recordedAt;
    return { stream, first, last: head.version, position: toPosition(this.#place), recordedAt, repeated: false };
  }

  #insertUnlessRepeated(event: SealedEvent, at: At, head: StreamHead): Appended | undefined {
    try {
      this.#insertOne(event, at);
      return undefined;
    } catch (error) {
      // The index of commands refuses a repetition before anything of it was written, which saves every other append a query.
      const repeated = at.batch > 0 && resultOf(error) === CONSTRAINT ? this.#repeated(at.stream, head, at.commandId) : undefined;
      if (repeated) return repeated;
      throw isOfId(error) ? new EventIdTaken(event.id) : error;
    }
  }

  #insertOne(event: SealedEvent, { stream, key, version, batch, commandId, recordedAt }: At): void {
    const { names } = this.known;
    const context = names.context(event);
    const place = this.#place + 1;
    this.#insert.run(
      place,
      key,
      version,
      names.typeKey(event.type),
      context.key,
      batch,
      event.caseId,
      event.id,
      event.occurredAt,
      recordedAt,
      commandId,
      event.correlationId,
      event.causationId,
      rowChecksum(place, recordedAt, { stream, version, batch, commandId, event, context: context.text }),
      event.data,
    );
    this.#place = place;
  }

  #repeated(stream: StreamName, { key }: StreamHead, commandId: Uuid): Appended | undefined {
    const found = this.known.reader.command(stream, key, commandId);
    if (!found) return undefined;
    // An append's events stand side by side in the stream and in the global order alike.
    const [last, position] = [found.version + found.batch - 1, toPosition(found.position + found.batch - 1)];
    return { stream, first: found.version, last, position, recordedAt: found.recordedAt, repeated: true };
  }
}

const isOfId = (error: unknown): boolean => resultOf(error) === CONSTRAINT && (error as Error).message.includes('events.id');
