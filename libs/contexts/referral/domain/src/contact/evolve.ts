import { isErased, type Fact } from '@waymark/kernel';
import type { ContactEvent } from './events.js';
import type { Contact, ContactFacts } from './state.js';

export const evolve = (contact: Contact, event: Fact<ContactEvent>): Contact => {
  if (event.type === 'referral.ContactReceived.v1') {
    const { contactId, receivedAt, organisation, referrer } = event.data;
    const details = referrer?.contactDetails ?? null;
    const contactDetailsKnown = details !== null && !isErased(details);
    return { status: 'received', contactId, receivedAt, organisation, contactDetailsKnown, round: 0 };
  }
  return contact.status === 'none' ? contact : later(contact, factsOf(contact), event);
};

const later = (contact: Contact, facts: ContactFacts, event: Fact<ContactEvent>): Contact => {
  switch (event.type) {
    case 'referral.MashEnquiryRequested.v1':
      return { ...facts, status: 'in-mash-enquiry', enquiryId: event.data.enquiryId };
    case 'referral.ContactTriaged.v1': {
      const { outcome, hubEnquiryId } = event.data;
      return { ...facts, status: 'triaged', outcome, hubEnquiryId, referrerAnswered: false };
    }
    case 'referral.ContactReturnedToMash.v1':
      return { ...facts, status: 'received', round: facts.round + 1 };
    case 'referral.ReferrerTold.v1':
    case 'referral.ReferrerNotTold.v1':
      return contact.status === 'triaged' ? { ...contact, referrerAnswered: true } : contact;
    default:
      return contact;
  }
};

const factsOf = ({ contactId, receivedAt, organisation, contactDetailsKnown, round }: ContactFacts): ContactFacts => ({
  contactId,
  receivedAt,
  organisation,
  contactDetailsKnown,
  round,
});
