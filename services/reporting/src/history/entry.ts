import { UnreadableEvent, type Position, type Recorded } from '@waymark/event-store';
import { msOf, type Actor, type CaseId, type Instant, type PolicyInForce, type Purpose, type StreamName } from '@waymark/kernel';
import { isProcessMemory, type DomainCatalogue } from './domain-catalogue.js';
import { containsErased, sentenceOf, whyOf } from './words.js';

/** One event of a case as its chronology shows it. What an unreadable event cannot say is null; the entry itself is never left out. */
export interface ChronologyEntry {
  /** Dense from 1 within the case, in the order of the record. */
  readonly version: number;
  readonly position: Position;
  readonly type: string;
  readonly stream: StreamName;
  readonly occurredAt: Instant | null;
  readonly recordedAt: Instant;
  /** Recorded more than a minute after it happened (GEN-02). */
  readonly late: boolean;
  readonly who: Actor | null;
  readonly purpose: Purpose | null;
  readonly policy: PolicyInForce | null;
  /** The rationale, where the event has one that is still readable. */
  readonly why: string | null;
  readonly tells: string;
  /** Something in it was erased. */
  readonly erased: boolean;
  readonly readable: boolean;
  /** What a process of the platform noted for itself; nobody did anything. */
  readonly byThePlatform: boolean;
}

export type CaseEvent = Recorded | UnreadableEvent;

/** An event of a case with its place in it. */
export interface Numbered<E extends CaseEvent = CaseEvent> {
  readonly version: number;
  readonly event: E;
}

export const isUnreadable = (event: CaseEvent): event is UnreadableEvent => event instanceof UnreadableEvent;

/** A minute lets an entry be typed in; later than that is a late entry. */
const lateAfterMs = 60_000;

export const entryOf = (practice: DomainCatalogue, { version, event }: Numbered): ChronologyEntry =>
  isUnreadable(event) ? unreadableEntry(version, event) : readableEntry(practice, version, event);

const readableEntry = (practice: DomainCatalogue, version: number, event: Recorded): ChronologyEntry => {
  const definition = practice.definitionOf(event.type);
  const { position, type, stream, occurredAt, recordedAt, actor: who, purpose, policy } = event;
  const byThePlatform = isProcessMemory(stream);
  return {
    ...{ version, position, type, stream, occurredAt, recordedAt, who, purpose, policy },
    // A process takes note of a late entry when it comes; its own note is not late.
    late: !byThePlatform && msOf(recordedAt) - msOf(occurredAt) > lateAfterMs,
    why: whyOf(definition, event),
    tells: sentenceOf(definition, event),
    erased: containsErased(event.data),
    readable: true,
    byThePlatform,
  };
};

const unreadableEntry = (version: number, { at: { position, type, stream, recordedAt } }: UnreadableEvent): ChronologyEntry => ({
  ...{ version, position, type, stream, recordedAt },
  ...{ occurredAt: null, late: false, who: null, purpose: null, policy: null, why: null },
  tells: `There is an entry here (${type}) that this installation cannot read. It stands in the record unchanged; a version that knows it shows it.`,
  erased: false,
  readable: false,
  byThePlatform: isProcessMemory(stream),
});

/** When the record took it, readable or not. */
export const recordedAtOf = (event: CaseEvent): Instant => (isUnreadable(event) ? event.at.recordedAt : event.recordedAt);

/** The case, for those who need nothing else of an event. */
export const caseOf = (event: CaseEvent): CaseId | null => (isUnreadable(event) ? event.at.caseId : event.caseId);
