import { instant, type Intent, type OrganisationId, type PersonId } from '@waymark/kernel';
import { packFor } from '@waymark/policy';
import { aCase, actor, idOf } from '@waymark/testing';
import type { Judgement, ReceiveContact, RequestMashEnquiry, TellReferrer, TriageContact } from './contact/commands.js';
import { ContactReceived, ContactTriaged, MashEnquiryRequested } from './contact/events.js';
import type { TriageOutcome } from './outcomes.js';

export const received = instant('2026-03-02T09:15:00Z');
export const pack = packFor('peterborough', received);
export const contactId = idOf('contact');
export const enquiryId = idOf('enquiry');
export const hubEnquiryId = idOf('hub-enquiry');
export const school = 'fenbank-primary' as OrganisationId;

export const officer = actor('tess', 'triage-officer', 'city-council');
export const coordinator = actor('hana', 'hub-coordinator', 'city-council');
export const asOfficer = { actor: officer, now: instant('2026-03-02T14:00:00Z') };
export const asCoordinator = { actor: coordinator, now: instant('2026-03-03T10:00:00Z') };

const child = { personId: idOf<PersonId>('amir'), name: 'Amir', birth: 'known', dateOfBirth: '2018-06-01' } as ReceiveContact['child'];
const dana = { personId: idOf<PersonId>('dana'), name: 'Dana', contactDetails: null };

export const receiveContact = (overrides: Partial<Intent<ReceiveContact>> = {}): Intent<ReceiveContact> => ({
  kind: 'ReceiveContact',
  caseId: aCase,
  contactId,
  authority: 'peterborough',
  opensCase: true,
  source: { kind: 'professional', organisation: school, referrer: dana },
  child,
  household: [{ personId: idOf<PersonId>('leila'), name: 'Leila', relationship: 'mother' }],
  concern: 'Absent a lot; mother unwell.',
  reasons: ['persistent-absence'],
  immediateConcern: false,
  ...overrides,
});

type Received = Parameters<typeof ContactReceived>[0];

export const contactReceived = (overrides: Partial<Received> = {}) =>
  ContactReceived({
    contactId,
    authority: 'peterborough',
    receivedAt: received,
    opensCase: true,
    source: 'professional',
    organisation: school,
    referrer: dana,
    child,
    household: [{ personId: idOf<PersonId>('leila'), name: 'Leila', relationship: 'mother' }],
    concern: 'Absent a lot; mother unwell.',
    reasons: ['persistent-absence'],
    immediateConcern: false,
    ...overrides,
  });

export const requestMashEnquiry = (): Intent<RequestMashEnquiry> => ({ kind: 'RequestMashEnquiry', caseId: aCase, contactId });

export const mashEnquiryRequested = () => MashEnquiryRequested({ contactId, enquiryId, receivedAt: received });

export const judgement = (overrides: Partial<Judgement> = {}): Judgement => ({
  level: 'targeted',
  topOfLevel: false,
  indicators: ['poor-attendance-or-behaviour'],
  reasoning: 'Attendance fell over two terms.',
  ...overrides,
});

export const triageContact = (overrides: Partial<Intent<TriageContact>> = {}): Intent<TriageContact> => ({
  kind: 'TriageContact',
  caseId: aCase,
  contactId,
  outcome: 'advice-and-information',
  rationale: 'Below the threshold; the school needs advice.',
  threshold: null,
  ...overrides,
});

export const contactTriaged = (outcome: TriageOutcome, overrides: Partial<Parameters<typeof ContactTriaged>[0]> = {}) =>
  ContactTriaged({
    contactId,
    outcome,
    rationale: 'Below the threshold; the school needs advice.',
    decidedBy: officer.user,
    threshold: null,
    mashEnquiryId: null,
    hubEnquiryId: outcome === 'early-help-hub-enquiry' ? hubEnquiryId : null,
    ...overrides,
  });

export const tellReferrer = (overrides: Partial<Intent<TellReferrer>> = {}): Intent<TellReferrer> => ({
  kind: 'TellReferrer',
  caseId: aCase,
  contactId,
  hubEnd: null,
  way: null,
  ...overrides,
});
