import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ChildNamed } from '@waymark/assessment-domain';
import { eventCatalogue, memoryEventLog, sealedEventStore, type EventStore } from '@waymark/event-store';
import {
  derivedId,
  exampleOf,
  type CaseId,
  type DomainEvent,
  type Instant,
  type OrganisationId,
  type PersonId,
  type StreamName,
  type UserId,
} from '@waymark/kernel';
import { memoryKeyStore } from '@waymark/keys';
import { ContactReceived } from '@waymark/referral-domain';
import { countsErased } from './count-erased.js';

const clock = { now: () => '2026-03-02T09:15:00.000Z' as Instant };
const idOf = (kind: string, name: string) => derivedId(kind, name) as string;
const [here, there] = [idOf('case', 'here') as CaseId, idOf('case', 'there') as CaseId];
const [amir, maya] = [idOf('person', 'amir') as PersonId, idOf('person', 'maya') as PersonId];

describe('a child of two cases', () => {
  let store: EventStore;
  let pages: number;
  let recorded: number;
  const append = (event: DomainEvent, caseId: CaseId) => {
    const id = derivedId('event', String((recorded += 1)));
    const told = {
      ...({ id, caseId, occurredAt: clock.now(), purpose: 'early-help', correlationId: id, causationId: id } as const),
      actor: { user: 'dana' as UserId, role: 'practitioner', organisation: 'fenbank-primary' as OrganisationId } as const,
      policy: { pack: 'peterborough', version: '1' },
    };
    return store.append(`referral.contact-${id}` as StreamName, 'none', [{ ...event, ...told }], id);
  };
  const received = (child: PersonId) => {
    const example = exampleOf(ContactReceived) as Parameters<typeof ContactReceived>[0];
    return ContactReceived({ ...example, child: { ...example.child, personId: child } });
  };
  const counted = (subjectId: string, ...erased: readonly string[]) =>
    countsErased({ store, isErased: (id) => Promise.resolve(erased.includes(id)) })(subjectId as never);

  beforeEach(async () => {
    [pages, recorded] = [0, 0];
    const catalogue = eventCatalogue([ContactReceived, ChildNamed]);
    const inner = sealedEventStore({ log: memoryEventLog({ clock }), keys: memoryKeyStore(randomBytes), catalogue, random: randomBytes });
    store = Object.assign(Object.create(inner) as EventStore, {
      append: inner.append.bind(inner),
      async *readAll(...[after, options]: Parameters<EventStore['readAll']>) {
        for await (const page of inner.readAll(after, { ...options, pageSize: 1 })) {
          pages += 1;
          yield page;
        }
      },
    });
    await append(received(amir), here);
    await append(received(maya), there);
    await append(ChildNamed({ childId: amir }), there);
  });

  it('B3 is not counted again where any of the cases was erased, whichever came first', async () => {
    expect(await counted(amir)).toMatchObject({ type: 'platform.ErasedChildCounted.v1' });
    for (const erased of [here, there]) expect(await counted(amir, erased)).toBeUndefined();
    expect(await counted(maya, here)).toMatchObject({ type: 'platform.ErasedChildCounted.v1' });
  });

  it('B3 is left out of the second case that is erased, as of the first where they were erased before', async () => {
    const bandsIn = async (...asked: Parameters<typeof counted>) => ((await counted(...asked))?.data as { ageBands: unknown[] }).ageBands;
    expect(await bandsIn(there)).toHaveLength(2);
    expect(await bandsIn(there, here)).toHaveLength(1);
    expect(await bandsIn(here, there)).toHaveLength(0);
    expect(await bandsIn(there, amir)).toHaveLength(1);
  });

  it('B3 is looked for page by page, and no further than to a case that was erased', async () => {
    expect(await counted(amir, here)).toBeUndefined();
    expect(pages).toBe(1);
    expect(await counted(idOf('person', 'an adult'))).toBeUndefined();
    expect(pages).toBe(1 + 3);
  });
});
