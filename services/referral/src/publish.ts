import type { DeadlineEvent } from '@waymark/deadlines';
import type { Recorded } from '@waymark/event-store';
import type { CaseId, EventOf, Instant } from '@waymark/kernel';
import type { OutgoingMessage } from '@waymark/event-processing';
import {
  contactMade,
  contactReceived,
  contactTriaged,
  deadlineMissed,
  hubEnquiryDecided,
  mashEnquiryDecided,
  referrerTold,
} from '@waymark/referral-contracts';
import {
  ContactReceived,
  ContactTriaged,
  HubEnquiryDecided,
  MashEnquiryDecided,
  ReferrerTold,
  type ContactEvent,
  type HubEnquiryEvent,
  type MashEnquiryEvent,
} from '@waymark/referral-domain';

type ReferralEvent = ContactEvent | HubEnquiryEvent | MashEnquiryEvent | DeadlineEvent<'referral'>;

/** What others learn of referral's events: ids, codes and dates. Nothing for an event that is referral's own affair. */
export const publish = (recorded: Recorded): readonly OutgoingMessage[] => {
  // Every contract of this service is about a case.
  if (recorded.caseId === null) return [];
  const message = messageOf(recorded as unknown as ReferralEvent, recorded.occurredAt, recorded.caseId);
  return [...(message ? [message] : []), ...madeBy(recorded)];
};

/** FD-12: whose contact it is; nothing is told of a member of the public. */
const madeBy = ({ type, caseId, actor, occurredAt: at, data }: Recorded): readonly OutgoingMessage[] => {
  if (type !== ContactReceived.type || caseId === null || actor.role === 'public') return [];
  const { contactId } = data as EventOf<typeof ContactReceived>['data'];
  return [{ contract: contactMade, data: { caseId, contactId, organisation: actor.organisation, at } }];
};

const messageOf = (event: ReferralEvent, at: Instant, caseId: CaseId): OutgoingMessage | undefined => {
  switch (event.type) {
    case ContactReceived.type: {
      const { contactId, authority, receivedAt } = event.data;
      return { contract: contactReceived, data: { caseId, contactId, authority, receivedAt } };
    }
    case ContactTriaged.type: {
      const { contactId, outcome } = event.data;
      return { contract: contactTriaged, data: { caseId, contactId, outcome, triagedAt: at } };
    }
    case HubEnquiryDecided.type: {
      const { hubEnquiryId, contactId, end, agency } = event.data;
      return { contract: hubEnquiryDecided, data: { caseId, hubEnquiryId, contactId, end, agency, decidedAt: at } };
    }
    case MashEnquiryDecided.type: {
      const { enquiryId, contactId, outcome } = event.data;
      return { contract: mashEnquiryDecided, data: { caseId, enquiryId, contactId, outcome, decidedAt: at } };
    }
    case ReferrerTold.type: {
      const { contactId, organisation, outcome, hubEnd, nextStep } = event.data;
      return { contract: referrerTold, data: { caseId, contactId, organisation, outcome, hubEnd, nextStep, toldAt: at } };
    }
    case 'referral.DeadlineMissed.v1': {
      const { deadlineId, rule, dueAt } = event.data;
      return { contract: deadlineMissed, data: { caseId, deadlineId, rule, dueAt } };
    }
    default:
      return undefined;
  }
};
