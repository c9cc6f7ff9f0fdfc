import type { EventOf, Intent } from '@waymark/kernel';
import type { ReturnContactToMash } from '../contact/commands.js';
import { contact } from '../contact/contact.js';
import { ContactTriaged } from '../contact/events.js';
import type { OpenHubEnquiry } from '../hub-enquiry/commands.js';
import { HubEnquiryDecided } from '../hub-enquiry/events.js';
import { hubEnquiry } from '../hub-enquiry/hub-enquiry.js';
import { processOf } from './process.js';

/** A triage that ends in a hub enquiry opens it (FD-06). */
export const openHubEnquiry = processOf<EventOf<typeof ContactTriaged>>(
  'open-hub-enquiry',
  [ContactTriaged.type],
  ({ data: { contactId, hubEnquiryId } }, caseId) => {
    if (hubEnquiryId === null) return undefined;
    const command: Intent<OpenHubEnquiry> = { kind: 'OpenHubEnquiry', caseId, hubEnquiryId, contactId };
    return { aggregate: hubEnquiry.name, id: hubEnquiryId, command };
  },
);

/** What the hub gives back is the MASH's to triage again (FD-06). */
export const returnToMash = processOf<EventOf<typeof HubEnquiryDecided>>(
  'return-to-mash',
  [HubEnquiryDecided.type],
  ({ data: { contactId, hubEnquiryId, end } }, caseId) => {
    if (end !== 'back-to-mash') return undefined;
    const command: Intent<ReturnContactToMash> = { kind: 'ReturnContactToMash', caseId, contactId, hubEnquiryId };
    return { aggregate: contact.name, id: contactId, command };
  },
);
