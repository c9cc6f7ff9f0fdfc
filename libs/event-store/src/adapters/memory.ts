import { Signal } from '@waymark/async';
import type { Clock, Instant, NonEmpty, StreamName, Uuid } from '@waymark/kernel';
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
} from '../event-log.js';
import { readAllPages, subscribePages, type Page, type PageSource } from './pages.js';
import { headOf, toPosition } from './place.js';
import { assertNotTooLarge } from './limits.js';

/** An event log that lives as long as the process, for tests and simulations. */
export const memoryEventLog = ({ clock }: { readonly clock: Clock }): EventLog => new MemoryEventLog(clock);

const versionOf = (expected: number | 'none'): number => (expected === 'none' ? 0 : expected);

export const matches = (event: StoredEvent, { typePrefixes, streamPrefixes, caseId }: Filter): boolean =>
  (typePrefixes?.some((prefix) => event.type.startsWith(prefix)) ?? true) &&
  (streamPrefixes?.some((prefix) => event.stream.startsWith(prefix)) ?? true) &&
  (caseId === undefined || event.caseId === caseId);

class MemoryEventLog implements EventLog, PageSource {
  readonly #all: StoredEvent[] = [];
  readonly #streams = new Map<StreamName, StoredEvent[]>();
  readonly #commands = new Map<string, Appended>();
  readonly #ids = new Set<Uuid>();
  readonly growth = new Signal();
  #keySet: string | undefined;
  #closed = false;

  constructor(private readonly clock: Clock) {}

  async append(stream: StreamName, expected: number | 'none', events: NonEmpty<SealedEvent>, commandId: Uuid): Promise<Appended> {
    this.#assertOpen();
    for (const event of events) assertNotTooLarge(stream, event);
    const first = this.#commands.get(`${stream} ${commandId}`);
    if (first) return { ...first, repeated: true };
    const history = this.#streams.get(stream) ?? [];
    if (history.length !== versionOf(expected)) throw new WrongExpectedVersion(stream, expected, history.length);
    this.#takeIds(events);
    return this.#take(stream, history, events, commandId);
  }

  #takeIds(events: NonEmpty<SealedEvent>): void {
    const ids = new Set<Uuid>();
    for (const { id } of events) {
      if (this.#ids.has(id) || ids.has(id)) throw new EventIdTaken(id);
      ids.add(id);
    }
    for (const id of ids) this.#ids.add(id);
  }

  #take(stream: StreamName, history: StoredEvent[], events: NonEmpty<SealedEvent>, commandId: Uuid): Appended {
    const [now, before] = [this.clock.now(), history.at(-1)?.recordedAt ?? ''];
    const recordedAt = now > before ? now : (before as Instant);
    this.#streams.set(stream, history);
    for (const event of events) {
      const position = toPosition(this.#all.length + 1);
      const stored: StoredEvent = { ...event, stream, version: history.length + 1, position, recordedAt, commandId };
      history.push(stored);
      this.#all.push(stored);
    }
    const last = history.length;
    const position = toPosition(this.#all.length);
    const appended = { stream, first: last - events.length + 1, last, position, recordedAt, repeated: false };
    this.#commands.set(`${stream} ${commandId}`, appended);
    this.growth.notify();
    return appended;
  }

  async committed(stream: StreamName, commandId: Uuid): Promise<Appended | undefined> {
    this.#assertOpen();
    const first = this.#commands.get(`${stream} ${commandId}`);
    return first && { ...first, repeated: true };
  }

  async *read(stream: StreamName, { from = 1, to = Infinity }: { from?: number; to?: number } = {}): AsyncIterable<readonly StoredEvent[]> {
    this.#assertOpen();
    const events = (this.#streams.get(stream) ?? []).slice(Math.max(from, 1) - 1, to);
    if (events.length > 0) yield events;
  }

  readAll(after: After, options: { filter?: Filter; limit?: number; pageSize?: number } = {}): AsyncIterable<readonly StoredEvent[]> {
    return readAllPages(this, after, options);
  }

  subscribe(after: After, filter: Filter | undefined, signal: AbortSignal): AsyncIterable<readonly StoredEvent[] | CaughtUp> {
    return subscribePages(this, after, filter, signal);
  }

  page(after: number, filter: Filter | undefined, size: number): Page {
    this.#assertOpen();
    const events: StoredEvent[] = [];
    let reached = after;
    for (; reached < this.#all.length && events.length < size; reached += 1) {
      const event = this.#all[reached]!;
      if (!filter || matches(event, filter)) events.push(event);
    }
    return { events, reached, head: this.#all.length };
  }

  async head(): Promise<After> {
    this.#assertOpen();
    return headOf(this.#all.length);
  }

  async keySetId(): Promise<string | undefined> {
    return this.#keySet;
  }

  async bindKeySet(id: string): Promise<void> {
    if (this.#keySet !== undefined && this.#keySet !== id)
      throw new StoreUnusable(`the events are sealed with key set ${this.#keySet}, not ${id}`);
    this.#keySet = id;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.growth.notify();
  }

  #assertOpen(): void {
    if (this.#closed) throw new StoreUnavailable('the event store is closed', 'closed');
  }
}
