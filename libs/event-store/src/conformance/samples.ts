import {
  derivedId,
  type CaseId,
  type Clock,
  type Instant,
  type OrganisationId,
  type StreamName,
  type UserId,
  type Uuid,
} from '@waymark/kernel';
import type { EventLog, SealedEvent, SealedJson, StoredEvent } from '../event-log.js';

export const amirsCase = derivedId('case', 'amir') as string as CaseId;
export const mayasCase = derivedId('case', 'maya') as string as CaseId;
export const contactA = `referral.contact-${derivedId('contact', 'a')}` as StreamName;
export const contactB = `referral.contact-${derivedId('contact', 'b')}` as StreamName;
export const consentA = `assessment.consent-${amirsCase}` as StreamName;

/** A clock that a test sets. */
export class HandClock implements Clock {
  constructor(public at = '2026-03-02T09:15:00.000Z') {}
  now(): Instant {
    return this.at as Instant;
  }
}

let made = 0;
export const commandId = (): Uuid => derivedId('command', String((made += 1)));

export const event = (type = 'referral.ContactReceived.v1', changes: Partial<SealedEvent> = {}): SealedEvent => ({
  id: derivedId('event', String((made += 1))),
  type,
  caseId: amirsCase,
  occurredAt: '2026-03-01T16:40:00.000Z' as Instant,
  actor: { user: 'dana.marsh' as UserId, role: 'practitioner', organisation: 'fenbank-primary' as OrganisationId },
  purpose: 'early-help',
  policy: { pack: 'peterborough', version: '2025-06' },
  correlationId: derivedId('correlation'),
  causationId: derivedId('causation'),
  data: `{"source":"school","number":${made}}` as SealedJson,
  ...changes,
});

export const collect = async <T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> => {
  const all: T[] = [];
  for await (const page of pages) all.push(...page);
  return all;
};

export const streamOf = (log: EventLog, stream: StreamName, range?: { from?: number; to?: number }): Promise<StoredEvent[]> =>
  collect(log.read(stream, range));
export const everything = (log: EventLog): Promise<StoredEvent[]> => collect(log.readAll('start'));
