import { describe, expect, it } from '@jest/globals';
import type { CaseId, DomainEvent, Issue, Workflow, WorkflowInput } from '@waymark/kernel';
import { aCase, idOf } from '@waymark/testing';
import { HubEnquiryDecided } from '../hub-enquiry/events.js';
import { MashEnquiryDecided } from '../mash-enquiry/events.js';
import type { HubEnd } from '../outcomes.js';
import {
  contactId,
  contactReceived,
  contactTriaged,
  coordinator,
  enquiryId,
  hubEnquiryId,
  mashEnquiryRequested,
  officer,
  received,
  school,
} from '../referral.fixture.js';
import { referralWorkflows } from '../referral.js';

const taken = <E extends DomainEvent>(event: E, caseId: CaseId | null = aCase): WorkflowInput<E> => ({
  ...event,
  id: idOf('event'),
  caseId,
  occurredAt: received,
  actor: officer,
});

const hubDecided = (end: HubEnd) =>
  HubEnquiryDecided({
    hubEnquiryId,
    contactId,
    end,
    agency: end === 'eha-recommended' ? school : null,
    rationale: 'Why.',
    decidedBy: coordinator.user,
  });
const enquiryDecided = MashEnquiryDecided({
  enquiryId,
  contactId,
  outcome: 'childrens-social-care',
  rationale: 'A secret.',
  decidedBy: officer.user,
});

/** What every workflow of referral asks for after an event. */
const asksFor = (event: DomainEvent, caseId: CaseId | null = aCase): readonly Issue[] =>
  (Object.values(referralWorkflows) as unknown as Workflow<DomainEvent, never>[]).flatMap((workflow) => {
    const input = taken(event, caseId);
    return workflow.instance(input) === null ? [] : workflow.react(workflow.initial, input).issues;
  });

const tell = (hubEnd: HubEnd | null): Issue => ({
  aggregate: 'referral.contact',
  id: contactId,
  command: { kind: 'TellReferrer', caseId: aCase, contactId, hubEnd, way: null } as Issue['command'],
});

describe('what follows by itself', () => {
  it('FD-03 a MASH enquiry that was asked for opens with the contact’s receipt', () =>
    expect(asksFor(mashEnquiryRequested())).toEqual([
      {
        aggregate: 'referral.mash-enquiry',
        id: enquiryId,
        command: { kind: 'OpenMashEnquiry', caseId: aCase, enquiryId, contactId, receivedAt: received },
      },
    ]));

  it('FD-02 the enquiry’s decision ends the triage, without carrying its words along', () => {
    const issues = asksFor(enquiryDecided);
    expect(issues).toEqual([
      {
        aggregate: 'referral.contact',
        id: contactId,
        command: {
          kind: 'ConcludeTriage',
          caseId: aCase,
          contactId,
          mashEnquiryId: enquiryId,
          outcome: 'childrens-social-care',
          decidedBy: officer.user,
        },
      },
    ]);
    expect(JSON.stringify(issues)).not.toContain('secret');
  });

  it('FD-06 a triage that ends in a hub enquiry opens it, and tells nobody yet', () =>
    expect(asksFor(contactTriaged('early-help-hub-enquiry'))).toEqual([
      { aggregate: 'referral.hub-enquiry', id: hubEnquiryId, command: { kind: 'OpenHubEnquiry', caseId: aCase, hubEnquiryId, contactId } },
    ]));

  it.each(['no-further-action', 'advice-and-information', 'childrens-social-care'] as const)(
    'FD-12 %s is told after the triage',
    (outcome) => expect(asksFor(contactTriaged(outcome))).toEqual([tell(null)]),
  );

  it.each(['eha-recommended', 'advice'] as const)('FD-12 %s is told after the hub’s decision', (end) =>
    expect(asksFor(hubDecided(end))).toEqual([tell(end)]),
  );

  it('FD-06 what the hub gives back goes back to the MASH, and is not told as an outcome', () =>
    expect(asksFor(hubDecided('back-to-mash'))).toEqual([
      { aggregate: 'referral.contact', id: contactId, command: { kind: 'ReturnContactToMash', caseId: aCase, contactId, hubEnquiryId } },
    ]));

  it('nothing follows from other events, or from an event of no case', () => {
    expect(asksFor(contactReceived())).toEqual([]);
    expect(asksFor(mashEnquiryRequested(), null)).toEqual([]);
  });
});
