import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Clock, Instant, NonEmpty, StreamName, Uuid } from '@waymark/kernel';
import { WrongExpectedVersion, type Appended, type SealedEvent } from '../../event-log.js';
import { toPosition } from '../place.js';
import { checksumOf, envelopeText } from './check.js';
import { CONSTRAINT, resultOf } from './errors.js';
import type { Names, StreamHead } from './names.js';
import { insertEvent } from './schema.js';

/** One append as a caller asked for it. */
export interface AppendRequest {
  readonly stream: StreamName;
  readonly expected: number | 'none';
  readonly events: NonEmpty<SealedEvent>;
  readonly commandId: Uuid;
}

/** Where in the record an event of an append goes. */
interface At {
  readonly stream: number;
  readonly version: number;
  readonly batch: number;
  readonly commandId: Uuid;
  readonly recordedAt: Instant;
}

/** Writes the appends of one transaction. Each stands for itself: one that is refused writes nothing and disturbs no other. */
export class Writer {
  #place = 0;
  readonly #insert: StatementSync;
  readonly #findCommand: StatementSync;
  readonly #newest: StatementSync;

  constructor(
    database: DatabaseSync,
    private readonly names: Names,
    private readonly clock: Clock,
  ) {
    this.#insert = database.prepare(insertEvent);
    this.#findCommand = database.prepare(
      'SELECT version, batch, position, recorded_at AS recordedAt FROM events WHERE stream = ? AND command_id = ? AND batch > 0',
    );
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
    return events.length === 1 && this.names.head(stream) !== undefined && this.names.knows(events[0]);
  }

  append(request: AppendRequest, now: Instant): Appended | WrongExpectedVersion {
    const { stream, expected, commandId } = request;
    const head = this.names.head(stream);
    const actual = head?.version ?? 0;
    if (actual !== (expected === 'none' ? 0 : expected))
      return (head && this.#repeated(stream, head, commandId)) ?? new WrongExpectedVersion(stream, expected, actual);
    return this.#write(request, head ?? this.names.newStream(stream), now);
  }

  committed(stream: StreamName, commandId: Uuid): Appended | undefined {
    const head = this.names.head(stream);
    return head && this.#repeated(stream, head, commandId);
  }

  #write({ stream, events, commandId }: AppendRequest, head: StreamHead, now: Instant): Appended {
    // Never earlier than the event before it in the stream, whatever the clock does; instants order as text.
    const recordedAt = head.recordedAt === '' || now > head.recordedAt ? now : head.recordedAt;
    const first = head.version + 1;
    const at = { stream: head.key, version: first, batch: events.length, commandId, recordedAt };
    for (const event of events) {
      try {
        this.#insertOne(event, at);
      } catch (error) {
        // The index of commands refuses a repetition before anything of it was written, which spares every other append a look.
        const repeated = at.version === first && resultOf(error) === CONSTRAINT ? this.#repeated(stream, head, commandId) : undefined;
        if (repeated) return repeated;
        throw error;
      }
      at.version += 1;
      at.batch = 0;
    }
    head.version += events.length;
    head.recordedAt = recordedAt;
    return { stream, first, last: head.version, position: toPosition(this.#place), recordedAt, repeated: false };
  }

  #insertOne(event: SealedEvent, { stream, version, batch, commandId, recordedAt }: At): void {
    const { data } = event;
    this.#insert.run(
      this.#place + 1,
      stream,
      version,
      this.names.typeKey(event.type),
      this.names.contextKey(event),
      batch,
      event.caseId,
      event.id,
      event.occurredAt,
      recordedAt,
      commandId,
      event.correlationId,
      event.causationId,
      checksumOf(envelopeText(event, version, recordedAt, commandId), data),
      data,
    );
    this.#place += 1;
  }

  #repeated(stream: StreamName, { key }: StreamHead, commandId: Uuid): Appended | undefined {
    const row = this.#findCommand.get(key, commandId) as
      { version: number; batch: number; position: number; recordedAt: Instant } | undefined;
    if (!row) return undefined;
    // An append's events stand side by side in the stream and in the global order alike.
    const [last, position] = [row.version + row.batch - 1, toPosition(row.position + row.batch - 1)];
    return { stream, first: row.version, last, position, recordedAt: row.recordedAt, repeated: true };
  }
}
