import {
  UnreadableEvent,
  WrongExpectedVersion,
  type After,
  type Appended,
  type CaughtUp,
  type EventStore,
  type Filter,
  type NewEvent,
  type Position,
  type Recorded,
} from '@waymark/event-store';
import type { NonEmpty, StreamName, Uuid } from '@waymark/kernel';

export type Entry = Recorded | UnreadableEvent;

const toPosition = (place: number): Position => String(place).padStart(16, '0') as Position;
const toPlace = (after: After): number => (after === 'start' ? 0 : Number(after));

const lets = ({ type }: Recorded, filter: Filter | undefined): boolean =>
  filter?.typePrefixes?.some((prefix) => type.startsWith(prefix)) ?? true;

/** An event store in memory, in clear: what reactions need of one, and types that can be made unreadable. */
export class MemoryEvents implements EventStore {
  readonly all: Recorded[] = [];
  readonly unreadable = new Set<string>();
  private readonly commands = new Map<string, Appended>();
  private wakers: (() => void)[] = [];
  constructor(private readonly pageSize = 3) {}

  async append(stream: StreamName, expected: number | 'none', events: NonEmpty<NewEvent>, commandId: Uuid): Promise<Appended> {
    const before = this.commands.get(`${stream} ${commandId}`);
    if (before) return { ...before, repeated: true };
    const version = this.of(stream).length;
    if (version !== (expected === 'none' ? 0 : expected)) throw new WrongExpectedVersion(stream, expected, version);
    for (const [index, event] of events.entries())
      this.all.push({
        ...event,
        data: structuredClone(event.data),
        stream,
        version: version + index + 1,
        position: toPosition(this.all.length + 1),
        recordedAt: event.occurredAt,
        commandId,
      });
    const last = version + events.length;
    const appended = {
      stream,
      first: version + 1,
      last,
      position: toPosition(this.all.length),
      recordedAt: events[0].occurredAt,
      repeated: false,
    };
    this.commands.set(`${stream} ${commandId}`, appended);
    for (const wake of this.wakers.splice(0)) wake();
    return appended;
  }

  async committed(stream: StreamName, commandId: Uuid): Promise<Appended | undefined> {
    return this.commands.get(`${stream} ${commandId}`);
  }

  async *read(stream: StreamName, { from = 1, to = Infinity }: { from?: number; to?: number } = {}): AsyncIterable<readonly Recorded[]> {
    const events = this.of(stream).filter(({ version }) => version >= from && version <= to);
    for (const event of events) if (this.unreadable.has(event.type)) throw this.asUnreadable(event);
    if (events.length > 0) yield events.map((event) => structuredClone(event));
  }

  async *readAll(
    after: After,
    { filter, pageSize = this.pageSize }: { filter?: Filter; pageSize?: number } = {},
  ): AsyncIterable<readonly Entry[]> {
    for (let place = toPlace(after); place < this.all.length;) {
      const page = this.page(place, filter, pageSize);
      if (page.events.length > 0) yield page.events;
      place = page.reached;
    }
  }

  async *subscribe(after: After, filter: Filter | undefined, signal: AbortSignal): AsyncIterable<readonly Entry[] | CaughtUp> {
    for (let place = toPlace(after); !signal.aborted;) {
      const page = this.page(place, filter, this.pageSize);
      if (page.events.length > 0) yield page.events;
      place = page.reached;
      if (place < this.all.length || signal.aborted) continue;
      yield { caughtUp: true, position: place === 0 ? 'start' : toPosition(place) };
      if (place < this.all.length || signal.aborted) continue;
      await new Promise<void>((resolve) => {
        this.wakers.push(resolve);
        signal.addEventListener('abort', () => resolve());
      });
    }
  }

  async head(): Promise<After> {
    return this.all.at(-1)?.position ?? 'start';
  }

  of(stream: string): Recorded[] {
    return this.all.filter((event) => event.stream === stream);
  }

  private page(after: number, filter: Filter | undefined, size: number): { events: Entry[]; reached: number } {
    const events: Entry[] = [];
    let reached = after;
    for (; reached < this.all.length && events.length < size; reached += 1) {
      const event = this.all[reached];
      if (event && lets(event, filter)) events.push(this.unreadable.has(event.type) ? this.asUnreadable(event) : structuredClone(event));
    }
    return { events, reached };
  }

  private asUnreadable({ stream, version, position, type, caseId, recordedAt }: Recorded): UnreadableEvent {
    return new UnreadableEvent(`${type} at ${stream} version ${version} cannot be read`, {
      ...{ stream, version, position, type, caseId, recordedAt },
    });
  }
}
