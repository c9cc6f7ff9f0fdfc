import type { DeadlineEvent } from '@waymark/deadlines';
import type { Fact } from '@waymark/kernel';
import type { MashEnquiryEvent } from './events.js';
import { isSame, type Answer, type Asked, type MashEnquiry } from './state.js';

export const evolve = (enquiry: MashEnquiry, event: Fact<MashEnquiryEvent | DeadlineEvent<'referral'>>): MashEnquiry => {
  if (event.type === 'referral.MashEnquiryOpened.v1') {
    const { enquiryId, contactId, receivedAt } = event.data;
    return { status: 'open', enquiryId, contactId, receivedAt, asked: [] };
  }
  if (enquiry.status === 'none') return enquiry;
  switch (event.type) {
    case 'referral.AgencyAsked.v1': {
      const { agency, organisation, replyBy } = event.data;
      const others = enquiry.asked.filter((asked) => !isSame(asked, event.data));
      return { ...enquiry, asked: [...others, { agency, organisation, replyBy, answer: 'awaited' }] };
    }
    case 'referral.AgencyShared.v1':
      return { ...enquiry, asked: answered(enquiry.asked, event.data, 'shared') };
    case 'referral.AgencyRefused.v1':
      return { ...enquiry, asked: answered(enquiry.asked, event.data, 'refused') };
    case 'referral.AgencySilent.v1':
      return { ...enquiry, asked: answered(enquiry.asked, event.data, 'silent') };
    case 'referral.MashEnquiryDecided.v1':
      return {
        ...enquiry,
        status: 'decided',
        ...{ outcome: event.data.outcome, rationale: event.data.rationale, decidedAt: event.occurredAt, decidedBy: event.actor },
      };
    default:
      return enquiry;
  }
};

const answered = (asked: readonly Asked[], who: Pick<Asked, 'agency' | 'organisation'>, answer: Answer): readonly Asked[] =>
  asked.map((one) => (isSame(one, who) ? { ...one, answer } : one));
