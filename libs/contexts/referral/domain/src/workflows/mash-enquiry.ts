import type { EventOf, Intent } from '@waymark/kernel';
import type { ConcludeTriage } from '../contact/commands.js';
import { contact } from '../contact/contact.js';
import { MashEnquiryRequested } from '../contact/events.js';
import type { OpenMashEnquiry } from '../mash-enquiry/commands.js';
import { MashEnquiryDecided } from '../mash-enquiry/events.js';
import { mashEnquiry } from '../mash-enquiry/mash-enquiry.js';
import { processOf } from './process.js';

/** A contact asks for an enquiry: it is opened, with the receipt that its 72 hours run from (FD-03). */
export const openMashEnquiry = processOf<EventOf<typeof MashEnquiryRequested>>(
  'open-mash-enquiry',
  [MashEnquiryRequested.type],
  ({ data: { contactId, enquiryId, receivedAt } }, caseId) => {
    const command: Intent<OpenMashEnquiry> = { kind: 'OpenMashEnquiry', caseId, enquiryId, contactId, receivedAt };
    return { aggregate: mashEnquiry.name, id: enquiryId, command };
  },
);

/** The enquiry's decision is the contact's outcome: nobody decides the same thing twice. */
export const concludeTriage = processOf<EventOf<typeof MashEnquiryDecided>>(
  'conclude-triage',
  [MashEnquiryDecided.type],
  ({ data: { contactId, enquiryId, outcome, decidedBy } }, caseId) => {
    const command: Intent<ConcludeTriage> = { kind: 'ConcludeTriage', caseId, contactId, mashEnquiryId: enquiryId, outcome, decidedBy };
    return { aggregate: contact.name, id: contactId, command };
  },
);
