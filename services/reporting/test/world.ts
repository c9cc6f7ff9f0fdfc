import { Global, Module } from '@nestjs/common';
import { aCase, actor, dana, idOf } from '@waymark/testing';
import {
  instant,
  streamOf,
  type Actor,
  type CaseId,
  type DomainEvent,
  type EventOf,
  type PersonId,
  type StreamName,
  type Uuid,
} from '@waymark/kernel';
import { testPlatform, type ServiceDefinition, type TestPlatform } from '@waymark/nest';
import { planningDeadlines } from '@waymark/planning-domain';
import { contact, ContactAcknowledged, ContactReceived, ContactTriaged } from '@waymark/referral-domain';
import { practiceOfTheContexts } from '../src/history/domain-catalogue.js';
import { DEMONSTRATION, type DemonstrationStatus } from '../src/pages/demonstration.js';
import { reportingService } from '../src/reporting.service.js';

const definitions = practiceOfTheContexts().definitions;

/** A context that writes its events and does nothing else: reporting is what is tested here. */
const silent = (name: string): ServiceDefinition => {
  @Module({})
  class Silent {}
  return {
    ...{ name, module: Silent, aggregates: [], projections: [], replicas: [], workflows: [] },
    events: definitions.filter(({ type }) => type.startsWith(`${name}.`)),
    publishes: { contracts: [], publish: () => [] },
  };
};
export const contexts = ['referral', 'assessment', 'planning', 'targeted-support'].map(silent);

/** Stands in for whoever loads a demonstration. */
const demonstrating = (status: DemonstrationStatus): ServiceDefinition => {
  @Global()
  @Module({ providers: [{ provide: DEMONSTRATION, useValue: () => status }], exports: [DEMONSTRATION] })
  class Demonstrating {}
  return { ...silent('demonstration'), module: Demonstrating };
};

export interface Circumstances {
  readonly caseId?: CaseId;
  readonly occurredAt?: string;
  readonly who?: Actor;
}

/** Reporting over a record that the test writes line by line. */
export interface World extends TestPlatform {
  /** Appends to the end of a stream, at the time of the clock. */
  happened(stream: StreamName, event: DomainEvent, circumstances?: Circumstances): Promise<void>;
}

type Options = Omit<Parameters<typeof testPlatform>[1], 'now'> & { readonly demonstration?: DemonstrationStatus; readonly alone?: true };

export const world = async ({ demonstration, alone, ...options }: Options = {}): Promise<World> => {
  const beside = demonstration ? [demonstrating(demonstration)] : [];
  const platform = await testPlatform([...(alone ? [] : contexts), ...beside, reportingService], {
    now: '2026-03-02T09:15:00Z',
    ...options,
  });
  const { store } = platform.platform.engines;
  const versions = new Map<StreamName, number>();
  let commands = 0;
  return {
    ...platform,
    happened: async (stream, event, { caseId = aCase, occurredAt, who = dana } = {}) => {
      const version = versions.get(stream) ?? 0;
      const commandId = idOf(`command ${commands++}`);
      const at = occurredAt ? instant(occurredAt) : platform.platform.clock.now();
      await store.append(
        stream,
        version === 0 ? 'none' : version,
        [
          {
            ...{ ...event, id: platform.platform.ids.next() as Uuid, caseId, occurredAt: at, actor: who, purpose: 'early-help' as const },
            ...{ policy: { pack: 'peterborough', version: '2025-06' }, correlationId: commandId, causationId: commandId },
          },
        ],
        commandId,
      );
      versions.set(stream, version + 1);
    },
  };
};

export const contactId = idOf('contact');
export const contactStream = streamOf(contact, contactId);
export const amir = idOf<PersonId>('amir');
export const leila = idOf<PersonId>('leila');
export const tom = actor('tom', 'triage-officer', 'mash');

type ReceivedData = EventOf<typeof ContactReceived>['data'];

export const received = (changes: Partial<ReceivedData> = {}) =>
  ContactReceived({
    contactId,
    authority: 'peterborough',
    receivedAt: instant('2026-03-02T09:15:00Z'),
    opensCase: true,
    source: 'professional',
    organisation: dana.organisation,
    referrer: null,
    child: { personId: amir, name: 'Amir Haddad', birth: 'known', dateOfBirth: null },
    household: [{ personId: leila, name: 'Leïla Haddad', relationship: 'mother' }],
    concern: 'He is absent a lot.',
    reasons: [],
    immediateConcern: false,
    ...changes,
  });

export const acknowledged = (reference = 'PB-4F7K-2M9Q') => ContactAcknowledged({ contactId, reference });

export const triaged = (rationale = 'His mother is unwell.') =>
  ContactTriaged({
    ...{ contactId, outcome: 'early-help-hub-enquiry', rationale, decidedBy: tom.user },
    ...{ threshold: null, mashEnquiryId: null, hubEnquiryId: idOf('hub enquiry') },
  });

export const deadline = (rule: string, dueAt: string) => {
  const which = { deadlineId: idOf(`deadline ${rule}`), rule, about: null };
  return {
    set: planningDeadlines.DeadlineSet({ ...which, dueAt: instant(dueAt), remindAt: null }),
    missed: planningDeadlines.DeadlineMissed({ ...which, dueAt: instant(dueAt) }),
    met: planningDeadlines.DeadlineMet({ ...which, late: true }),
  };
};

export const auditor = (on: TestPlatform) => on.as('ada', 'auditor', 'council', 'audit');
