import { UnreadableEvent, type EventStore, type Position, type Recorded } from '@waymark/event-store';
import {
  count,
  defineEvent,
  instant,
  LongText,
  PersonId,
  sealed,
  Text,
  type Actor,
  type CaseId,
  type StreamName,
  type Uuid,
} from '@waymark/kernel';
import { dana, idOf } from '@waymark/testing';
import type { CaseEvent } from './entry.js';
import { DomainCatalogue } from './domain-catalogue.js';

export const Begun = defineEvent('garden.Begun.v1', { of: PersonId, name: sealed(Text, { of: 'of' }) }, ({ name }) =>
  typeof name === 'string' ? `A garden was begun by ${name}.` : 'A garden was begun by (erased).',
);
export const Dug = defineEvent(
  'garden.Dug.v1',
  { spades: count(), rationale: sealed(LongText, { of: 'caseId' }) },
  ({ spades }) => `It was dug with ${spades} spades.`,
);

/** Two aggregates whose names begin alike, so that the longer one has to win. */
export const gardens = new DomainCatalogue(
  ['garden.plot', 'garden.plot-border'].map((name) => ({
    name: name as `${string}.${string}`,
    events: [Begun, Dug],
    initial: { events: 0, spades: 0 },
    evolve: (state: { events: number; spades: number }, { data }: { data: { spades?: number } }) => ({
      events: state.events + 1,
      spades: state.spades + (data.spades ?? 0),
    }),
  })),
);

interface Line {
  readonly stream: string;
  readonly event: { readonly type: string; readonly data: unknown };
  readonly caseId?: CaseId;
  readonly occurredAt?: string;
  readonly recordedAt?: string;
  readonly actor?: Actor;
  readonly unreadable?: true;
}

export const family = idOf<CaseId>('family');
export const person = idOf<PersonId>('person');

/** A record of a few lines, in the order written; a minute apart unless they say otherwise. */
export const recordOf = (...lines: readonly Line[]): CaseEvent[] => {
  const versions = new Map<string, number>();
  return lines.map((line, index) => {
    const version = (versions.get(line.stream) ?? 0) + 1;
    versions.set(line.stream, version);
    const at = {
      stream: line.stream as StreamName,
      version,
      position: String(index + 1).padStart(4, '0') as Position,
      caseId: line.caseId ?? family,
    };
    const recordedAt = instant(line.recordedAt ?? `2026-03-02T09:${String(index).padStart(2, '0')}:00Z`);
    if (line.unreadable) return new UnreadableEvent('cannot be read', { ...at, type: line.event.type, recordedAt });
    return {
      ...at,
      ...line.event,
      id: idOf(`event ${index}`),
      recordedAt,
      occurredAt: line.occurredAt ? instant(line.occurredAt) : recordedAt,
      actor: line.actor ?? dana,
      purpose: 'early-help',
      policy: { pack: 'peterborough', version: '2025-06' },
      ...{ commandId: idOf<Uuid>('c'), correlationId: idOf<Uuid>('c'), causationId: idOf<Uuid>('c') },
    } satisfies Recorded;
  });
};

const unused = () => {
  throw new Error('not part of this test');
};

const placeOf = (event: CaseEvent) => (event instanceof UnreadableEvent ? event.at : event);

/** Reads a record, two events a page, so that every reader has to put pages together. */
export const storeOf = (record: readonly CaseEvent[]): EventStore => ({
  append: unused,
  committed: unused,
  subscribe: unused,
  head: unused,
  async *read(stream, { from = 1, to = Infinity } = {}) {
    const wanted = record.filter((event) => placeOf(event).stream === stream);
    for (const event of wanted.filter((one) => placeOf(one).version >= from && placeOf(one).version <= to)) {
      if (event instanceof UnreadableEvent) throw event;
      yield [event];
    }
  },
  async *readAll(after, { filter, limit = Infinity } = {}) {
    const wanted = record.filter((event) => after === 'start' || placeOf(event).position > after);
    const shown = wanted.filter((event) => placeOf(event).caseId === filter?.caseId).slice(0, limit);
    for (let start = 0; start < shown.length; start += 2) yield shown.slice(start, start + 2);
  },
});
