import { accept, check, derivedId, never, unknown, wrongState, type Decision, type Uuid } from '@waymark/kernel';
import type { PolicyPack } from '@waymark/policy';
import type { TriageOutcome } from '../outcomes.js';
import type { ConcludeTriage, ContactCommand, ReceiveContact, RequestMashEnquiry, ReturnContactToMash, TriageContact } from './commands.js';
import {
  ContactAcknowledged,
  ContactReceived,
  ContactReturnedToMash,
  ContactTriaged,
  MashEnquiryRequested,
  SafeguardingRouteShown,
  type ContactEvent,
} from './events.js';
import { receivePolicies, requestEnquiryPolicies, triagePolicies } from './policies.js';
import { promptsOf } from './prompts.js';
import { referenceOf } from './reference.js';
import type { Contact, ContactFacts } from './state.js';
import { tellReferrer } from './tell-referrer.js';

type Decided = Decision<ContactEvent>;

export const decide = (command: ContactCommand, contact: Contact, pack: PolicyPack): Decided => {
  if (command.kind === 'ReceiveContact') return receive(command, contact, pack);
  if (contact.status === 'none') return unknown('There is no such contact.', { field: 'contactId' });
  switch (command.kind) {
    case 'RequestMashEnquiry':
      return requestMashEnquiry(command, contact, pack);
    case 'TriageContact':
      return triage(command, contact, pack);
    case 'ConcludeTriage':
      return conclude(command, contact);
    case 'ReturnContactToMash':
      return returnToMash(command, contact);
    case 'TellReferrer':
      return tellReferrer(command, contact);
    default:
      return never(command);
  }
};

/** FD-01: taken and acknowledged in one step, so that no contact stands without its acknowledgement. */
const receive = (command: ReceiveContact, contact: Contact, pack: PolicyPack): Decided => {
  if (contact.status !== 'none') return wrongState('This contact has been received already.');
  const refusal = check(receivePolicies, command, contact, pack);
  if (refusal) return refusal;
  const { contactId, opensCase, source, child, household, concern, reasons, immediateConcern, meta } = command;
  return accept<ContactEvent>(
    ContactReceived({
      contactId,
      // Of the case, whichever the caller named: a contact does not move a family that is known (EP-08).
      authority: pack.authority,
      receivedAt: meta.occurredAt,
      opensCase,
      source: source.kind,
      organisation: source.kind === 'professional' ? source.organisation : null,
      referrer: source.referrer,
      child,
      household: [...household],
      concern,
      reasons: [...reasons],
      immediateConcern,
    }),
    ContactAcknowledged({ contactId, reference: referenceOf(contactId) }),
    ...(immediateConcern ? [SafeguardingRouteShown({ contactId })] : []),
  );
};

const requestMashEnquiry = (command: RequestMashEnquiry, contact: Contact & ContactFacts, pack: PolicyPack): Decided => {
  const refusal = check(requestEnquiryPolicies, command, contact, pack);
  if (refusal) return refusal;
  if (contact.status === 'in-mash-enquiry')
    return wrongState('A MASH enquiry on this contact is open already.', { see: { kind: 'mash-enquiry', id: contact.enquiryId } });
  if (contact.status === 'triaged') return alreadyTriaged;
  const { contactId, receivedAt, round } = contact;
  return accept(MashEnquiryRequested({ contactId, enquiryId: derivedId('mash-enquiry', contactId, String(round)), receivedAt }));
};

const triage = (command: TriageContact, contact: Contact & ContactFacts, pack: PolicyPack): Decided => {
  const refusal = check(triagePolicies, command, contact, pack);
  if (refusal) return refusal;
  if (contact.status === 'triaged') return alreadyTriaged;
  if (contact.status === 'in-mash-enquiry')
    return wrongState('A MASH enquiry is open on this contact; its decision ends the triage. Decide the enquiry.', {
      see: { kind: 'mash-enquiry', id: contact.enquiryId },
    });
  const { outcome, rationale, threshold, meta } = command;
  return accept<ContactEvent>(
    ContactTriaged({
      contactId: contact.contactId,
      outcome,
      rationale,
      decidedBy: meta.actor.user,
      threshold: threshold && { ...threshold, indicators: [...threshold.indicators] },
      mashEnquiryId: null,
      hubEnquiryId: hubEnquiryOf(contact, outcome),
    }),
    ...promptsOf(contact.contactId, outcome, threshold, pack),
  );
};

const conclude = ({ mashEnquiryId, outcome, decidedBy }: ConcludeTriage, contact: Contact & ContactFacts): Decided => {
  if (contact.status !== 'in-mash-enquiry' || contact.enquiryId !== mashEnquiryId)
    return wrongState('This MASH enquiry is not open on the contact.');
  return accept(
    ContactTriaged({
      contactId: contact.contactId,
      outcome,
      rationale: null,
      decidedBy,
      threshold: null,
      mashEnquiryId,
      hubEnquiryId: hubEnquiryOf(contact, outcome),
    }),
  );
};

const returnToMash = ({ hubEnquiryId }: ReturnContactToMash, contact: Contact & ContactFacts): Decided =>
  contact.status === 'triaged' && contact.hubEnquiryId === hubEnquiryId
    ? accept(ContactReturnedToMash({ contactId: contact.contactId, hubEnquiryId }))
    : wrongState('The contact is not with the Early Help Hub for this enquiry.');

const alreadyTriaged = wrongState('This contact has been triaged already; a triage has exactly one outcome.');

const hubEnquiryOf = ({ contactId, round }: ContactFacts, outcome: TriageOutcome): Uuid | null =>
  outcome === 'early-help-hub-enquiry' ? derivedId('hub-enquiry', contactId, String(round)) : null;
