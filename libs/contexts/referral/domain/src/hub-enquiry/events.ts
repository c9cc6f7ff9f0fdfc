import { code, defineEvent, LongText, OrganisationId, revealText, sealed, UserId, Uuid, type EventOf } from '@waymark/kernel';
import { hubEnds, type HubEnd } from '../outcomes.js';

export const HubEnquiryOpened = defineEvent(
  'referral.HubEnquiryOpened.v1',
  { hubEnquiryId: Uuid, contactId: Uuid },
  () => 'An Early Help Hub enquiry was opened on a contact that did not meet the statutory threshold.',
);

const endWords: Readonly<Record<HubEnd, string>> = {
  'eha-recommended': 'an Early Help Assessment is recommended to an agency',
  advice: 'advice',
  'back-to-mash': 'the contact goes back to the MASH',
};

export const HubEnquiryDecided = defineEvent(
  'referral.HubEnquiryDecided.v1',
  {
    hubEnquiryId: Uuid,
    contactId: Uuid,
    end: code(hubEnds),
    /** The agency to which an assessment is recommended; null for the other ends. */
    agency: OrganisationId.nullable(),
    rationale: sealed(LongText, { of: 'caseId' }),
    decidedBy: UserId,
  },
  ({ end, rationale }) => `The Early Help Hub enquiry ended: ${endWords[end]}, because: ${revealText(rationale)}`,
);

export const hubEnquiryEvents = [HubEnquiryOpened, HubEnquiryDecided] as const;
export type HubEnquiryEvent = EventOf<(typeof hubEnquiryEvents)[number]>;
