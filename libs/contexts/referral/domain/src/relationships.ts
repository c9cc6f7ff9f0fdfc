import { begins, tellsRelationships } from '@waymark/access';
import { ContactReceived } from './contact/events.js';
import { HubEnquiryDecided } from './hub-enquiry/events.js';

/** Who made a contact about the family, and to whom an assessment is recommended. A member of the public becomes nothing to the case. */
export const referralRelationships = tellsRelationships([ContactReceived, HubEnquiryDecided], (event) => {
  const { data, actor, occurredAt: from } = event;
  switch (event.type) {
    case ContactReceived.type:
      return actor.role === 'public'
        ? []
        : [begins('contact-maker', { organisation: actor.organisation }, { on: event.data.contactId, from })];
    case HubEnquiryDecided.type: {
      const { agency, hubEnquiryId } = data as typeof event.data;
      return agency === null ? [] : [begins('recommended-agency', { organisation: agency }, { on: hubEnquiryId, from })];
    }
  }
});
