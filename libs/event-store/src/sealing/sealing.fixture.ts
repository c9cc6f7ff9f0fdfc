import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { CaseId } from '@waymark/kernel';
import {
  code,
  defineEvent,
  derivedId,
  PersonId,
  sealed,
  Text,
  LongText,
  type Instant,
  type OrganisationId,
  type StreamName,
  type UserId,
} from '@waymark/kernel';
import { memoryKeyStore, type KeyStore } from '@waymark/keys';
import { memoryEventLog } from '../adapters/memory.js';
import { HandClock } from '../conformance/samples.js';
import type { EventLog } from '../event-log.js';
import type { EventStore, NewEvent, Recorded, UnreadableEvent } from '../event-store.js';
import { eventCatalogue } from './catalogue.js';
import { sealedEventStore } from './store.js';

export const amir = derivedId('person', 'amir') as string as PersonId;
export const leila = derivedId('person', 'leila') as string as PersonId;
export const aCase = derivedId('case', 'fenbank') as string as CaseId;
export const stream: StreamName = 'referral.contact-1';

export const ContactReceived = defineEvent(
  'referral.ContactReceived.v1',
  {
    childId: PersonId,
    source: code(['school', 'police']),
    childName: sealed(Text, { of: 'childId' }),
    story: sealed(LongText, { of: 'caseId' }),
  },
  () => 'A contact was received.',
);
export const FamilyDescribed = defineEvent(
  'referral.FamilyDescribed.v1',
  {
    members: z.array(
      z.object({
        personId: PersonId,
        name: sealed(Text, { of: 'personId' }),
        says: z.array(sealed(Text, { of: 'personId' })),
        note: sealed(Text, { of: 'personId' }).optional(),
      }),
    ),
    carer: z.object({ personId: PersonId, phone: sealed(Text, { of: 'personId' }).nullable() }).optional(),
  },
  () => 'A family was described.',
);
export const ContactClosed = defineEvent(
  'referral.ContactClosed.v1',
  { reason: code(['done', 'advice']) },
  () => 'The contact was closed.',
);

let made = 0;
export const newEvent = (event: { type: string; data: unknown }, changes: Partial<NewEvent> = {}): NewEvent => ({
  id: derivedId('event', String((made += 1))),
  caseId: aCase,
  occurredAt: '2026-03-02T09:15:00.000Z' as Instant,
  actor: { user: 'dana' as UserId, role: 'practitioner', organisation: 'fenbank-primary' as OrganisationId },
  purpose: 'early-help',
  policy: { pack: 'peterborough', version: '2025-06' },
  correlationId: derivedId('correlation'),
  causationId: derivedId('causation'),
  ...event,
  ...changes,
});

export const contact = () =>
  newEvent(ContactReceived({ childId: amir, source: 'school', childName: 'Amir Khan', story: 'Often absent; mother unwell.' }));
export const family = () =>
  newEvent(
    FamilyDescribed({
      members: [
        { personId: amir, name: 'Amir', says: ['I like maths', 'I am tired'], note: 'seven' },
        { personId: leila, name: 'Leila', says: [] },
      ],
      carer: { personId: leila, phone: '01733 000000' },
    }),
  );

export interface Setting {
  readonly log: EventLog;
  readonly keys: KeyStore;
  readonly store: EventStore;
}
export const setting = (definitions = [ContactReceived, FamilyDescribed, ContactClosed], before?: Partial<Setting>): Setting => {
  const log = before?.log ?? memoryEventLog({ clock: new HandClock() });
  const keys = before?.keys ?? memoryKeyStore(randomBytes);
  return { log, keys, store: sealedEventStore({ log, keys, catalogue: eventCatalogue(definitions as never), random: randomBytes }) };
};

export const all = async <T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> => {
  const found: T[] = [];
  for await (const page of pages) found.push(...page);
  return found;
};
export const readOne = async ({ store }: Setting, name = stream): Promise<Recorded> => (await all(store.read(name)))[0]!;
export const readEvery = ({ store }: Setting): Promise<(Recorded | UnreadableEvent)[]> => all(store.readAll('start'));
