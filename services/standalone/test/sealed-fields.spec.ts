import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { collect, eventCatalogue, memoryEventLog, sealedEventStore, type EventStore, type Recorded } from '@waymark/event-store';
import { memoryKeyStore } from '@waymark/keys';
import { derivedId, exampleOf, type CaseId, type Instant, type OrganisationId, type UserId } from '@waymark/kernel';
import { systemClock, vocabularyOf } from '@waymark/nest';
import type { Documents, Projection } from '@waymark/event-processing';
import type { Document } from '@waymark/read-model';
import { services } from '../src/services.js';

const { events } = vocabularyOf(services);
const envelope = {
  caseId: derivedId('case') as string as CaseId,
  occurredAt: '2026-03-02T09:15:00.000Z' as Instant,
  actor: { user: 'dana' as UserId, role: 'practitioner', organisation: 'fenbank-primary' as OrganisationId },
  purpose: 'early-help',
  policy: { pack: 'peterborough', version: '2025-06' },
  correlationId: derivedId('correlation'),
  causationId: derivedId('causation'),
} as const;

/** A record with one event of every type. */
const recordOfAll = async (): Promise<EventStore> => {
  const log = memoryEventLog({ clock: systemClock });
  const store = sealedEventStore({ log, keys: memoryKeyStore(randomBytes), catalogue: eventCatalogue(events), random: randomBytes });
  for (const definition of events) {
    const type = String(definition.type);
    const event = { ...envelope, id: derivedId('event', type), type, data: exampleOf(definition) };
    await store.append(`${type.split('.')[0]}.example-${event.id}`, 'none', [event], derivedId('command', type));
  }
  return store;
};

const documentsOf = async ({ handles, opens, project }: Projection, store: EventStore, all = false): Promise<Map<string, Document>> => {
  const held = new Map<string, Document>();
  const documents: Documents = {
    get: <D extends Document>(collection: string, id: string) => Promise.resolve(held.get(`${collection} ${id}`) as D | undefined),
    put: (collection, document) => void held.set(`${collection} ${document.id}`, structuredClone(document)),
    remove: (collection, id) => void held.delete(`${collection} ${id}`),
  };
  const wanted = all || !opens ? {} : { opens: opens.map(({ type }) => String(type)) };
  for (const event of (await collect(store.readAll('start', wanted))) as Recorded[])
    if (handles === 'all' || handles.some(({ type }) => type === event.type)) await project(event as never, documents);
  return held;
};

describe('what stays sealed', () => {
  let store: EventStore;
  beforeAll(async () => {
    store = await recordOfAll();
  });
  const projections = services.flatMap((service) => service.projections as readonly Projection[]);

  it.each(projections.map((one) => [one.name, one] as const))('is not missed by %s', async (_, projection) => {
    const documents = await documentsOf(projection, store);
    expect(documents.size).toBeGreaterThan(0);
    expect(documents).toEqual(await documentsOf(projection, store, true));
  });

  it('would be missed by a list that shows names and opened nothing', async () => {
    const caseList = projections.find(({ name }) => name === 'reporting.case-list') as Projection;
    const shut = await documentsOf({ ...caseList, opens: [] }, store);
    expect(shut).not.toEqual(await documentsOf(caseList, store));
  });

  it.each(services.map((service) => [service.name, service] as const))('is not missed where %s tells others', async (_, service) => {
    const own = new Set(service.events.map(({ type }) => String(type)));
    const told = async (opens?: readonly string[]) =>
      ((await collect(store.readAll('start', opens ? { opens } : {}))) as Recorded[])
        .filter(({ type }) => own.has(type))
        .flatMap((event) => service.publishes.publish(event).map(({ data }) => data));
    expect(await told([])).toEqual(await told());
  });
});
