import { never, type Fact } from '@waymark/kernel';
import type { HubEnquiryEvent } from './events.js';
import type { HubEnquiry } from './state.js';

export const evolve = (enquiry: HubEnquiry, event: Fact<HubEnquiryEvent>): HubEnquiry => {
  switch (event.type) {
    case 'referral.HubEnquiryOpened.v1': {
      const { hubEnquiryId, contactId } = event.data;
      return { status: 'open', hubEnquiryId, contactId, openedAt: event.occurredAt };
    }
    case 'referral.HubEnquiryDecided.v1': {
      const { end, agency, rationale } = event.data;
      const decision = { end, agency, rationale, decidedAt: event.occurredAt, decidedBy: event.actor };
      return enquiry.status === 'none' ? enquiry : { ...enquiry, status: 'decided', ...decision };
    }
    default:
      return never(event);
  }
};
