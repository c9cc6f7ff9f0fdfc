import type { CaseId, DomainEvent, Envelope, Instant, NonEmpty, StreamName, Uuid } from '@waymark/kernel';
import type { After, Appended, CaughtUp, Filter, Position, StoredEvent } from './event-log.js';

/** An event that a decision made, on its way to the store. */
export interface NewEvent<E extends DomainEvent = DomainEvent> extends Envelope {
  readonly id: Uuid;
  readonly type: E['type'];
  readonly data: E['data'];
}

/** An event as it was recorded, its personal fields readable (or {@link Erased}), its data in the newest version of its type. */
export type Recorded<E extends DomainEvent = DomainEvent> = Omit<StoredEvent, 'data' | 'type'> & {
  readonly type: E['type'];
  readonly data: E['data'];
};

/** An event that this deployment cannot read: of a type it does not know, or whose data does not parse. Never skipped silently. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
  constructor(
    message: string,
    readonly at: {
      readonly stream: StreamName;
      readonly version: number;
      readonly position: Position;
      readonly type: string;
      readonly caseId: CaseId | null;
      readonly recordedAt: Instant;
    },
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A subject's key was destroyed; nothing new can be sealed for them. */
export class SubjectErased extends Error {
  override readonly name = 'SubjectErased';
}

/** Data that breaks its event's schema; a fault of the program, not of the caller. Names fields, never values. */
export class InvalidEvent extends Error {
  override readonly name = 'InvalidEvent';
}

/**
 * The types of event whose personal fields a reader wants; those of all others are left out of its data, under seal, which spares their deciphering
 * and hands nobody more than they need. Left out itself: everything is opened. An event of an earlier type is opened in any case, since what reads it
 * as the newest type may look at all of it.
 */
export type Opens = readonly string[];

/** What services use: an event log with sealing, schemas and upcasting in place. */
export interface EventStore {
  /** @throws WrongExpectedVersion | EventTooLarge | StoreUnavailable | SubjectErased | InvalidEvent */
  append(stream: StreamName, expected: number | 'none', events: NonEmpty<NewEvent>, commandId: Uuid): Promise<Appended>;
  committed(stream: StreamName, commandId: Uuid): Promise<Appended | undefined>;
  /** @throws UnreadableEvent */
  read(stream: StreamName, range?: { readonly from?: number; readonly to?: number }, opens?: Opens): AsyncIterable<readonly Recorded[]>;
  /** Each event readable, or the error that says why not, so that a reader can park its case and go on. */
  readAll(
    after: After,
    options?: { readonly filter?: Filter; readonly limit?: number; readonly pageSize?: number; readonly opens?: Opens },
  ): AsyncIterable<readonly (Recorded | UnreadableEvent)[]>;
  subscribe(
    after: After,
    filter: Filter | undefined,
    signal: AbortSignal,
    opens?: Opens,
  ): AsyncIterable<readonly (Recorded | UnreadableEvent)[] | CaughtUp>;
  head(): Promise<After>;
}

/** All pages in one list; for streams, which are short. */
export const collect = async <T>(pages: AsyncIterable<readonly T[]>): Promise<readonly T[]> => {
  const items: T[] = [];
  for await (const page of pages) items.push(...page);
  return items;
};
