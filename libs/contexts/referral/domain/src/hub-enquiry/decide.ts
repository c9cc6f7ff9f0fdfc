import { accept, check, never, unknown, wrongState, type Decision } from '@waymark/kernel';
import type { PolicyPack } from '@waymark/policy';
import type { DecideHubEnquiry, HubEnquiryCommand } from './commands.js';
import { HubEnquiryDecided, HubEnquiryOpened, type HubEnquiryEvent } from './events.js';
import { decidePolicies } from './policies.js';
import type { HubEnquiry } from './state.js';

export const decide = (command: HubEnquiryCommand, enquiry: HubEnquiry, pack: PolicyPack): Decision<HubEnquiryEvent> => {
  switch (command.kind) {
    case 'OpenHubEnquiry':
      return enquiry.status === 'none'
        ? accept(HubEnquiryOpened({ hubEnquiryId: command.hubEnquiryId, contactId: command.contactId }))
        : wrongState('This hub enquiry is open already.');
    case 'DecideHubEnquiry':
      return decideEnquiry(command, enquiry, pack);
    default:
      return never(command);
  }
};

const decideEnquiry = (command: DecideHubEnquiry, enquiry: HubEnquiry, pack: PolicyPack): Decision<HubEnquiryEvent> => {
  if (enquiry.status === 'none') return unknown('There is no such hub enquiry.', { field: 'hubEnquiryId' });
  const refusal = check(decidePolicies, command, enquiry, pack);
  if (refusal) return refusal;
  if (enquiry.status === 'decided') return wrongState('This hub enquiry has been decided already.');
  const { end, agency, rationale, meta } = command;
  const { hubEnquiryId, contactId } = enquiry;
  return accept(HubEnquiryDecided({ hubEnquiryId, contactId, end, agency, rationale, decidedBy: meta.actor.user }));
};
