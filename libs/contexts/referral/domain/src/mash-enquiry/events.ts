import {
  code,
  defineEvent,
  flag,
  handle,
  Instant,
  LongText,
  OrganisationId,
  revealText,
  sealed,
  UserId,
  Uuid,
  type EventOf,
} from '@waymark/kernel';
import { formatLondon, spelt } from '@waymark/policy';
import { outcomeWords, triageOutcomes } from '../outcomes.js';
import { referralDeadlines } from '../deadlines.js';

const ofTheCase = { of: 'caseId' };
/** Which agency, and which organisation of it where there are several, such as two schools. */
const agency = { enquiryId: Uuid, agency: handle(), organisation: OrganisationId.nullable() };
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const late = (is: boolean) => (is ? ', late' : '');

export const MashEnquiryOpened = defineEvent(
  'referral.MashEnquiryOpened.v1',
  { enquiryId: Uuid, contactId: Uuid, receivedAt: Instant },
  ({ receivedAt }) => `A MASH enquiry was opened on the contact received on ${formatLondon(receivedAt)}.`,
);

export const AgencyAsked = defineEvent(
  'referral.AgencyAsked.v1',
  { ...agency, question: sealed(LongText, ofTheCase), replyBy: Instant.nullable() },
  ({ agency, question, replyBy }) =>
    `${capital(spelt(agency))} was asked for information${replyBy ? ` by ${formatLondon(replyBy)}` : ''}: ${revealText(question)}`,
);

export const AgencyShared = defineEvent(
  'referral.AgencyShared.v1',
  { ...agency, shared: sealed(LongText, ofTheCase), basis: sealed(handle(), { ...ofTheCase, addedLater: true }), late: flag() },
  (data) =>
    `${capital(spelt(data.agency))} replied${late(data.late)}, and shared on the basis of ${spelt(revealText(data.basis))}: ${revealText(data.shared)}`,
);

export const AgencyRefused = defineEvent(
  'referral.AgencyRefused.v1',
  { ...agency, reason: sealed(LongText, ofTheCase), late: flag() },
  (data) => `${capital(spelt(data.agency))} refused to share${late(data.late)}, because: ${revealText(data.reason)}`,
);

export const AgencySilent = defineEvent(
  'referral.AgencySilent.v1',
  { ...agency },
  ({ agency }) => `${capital(spelt(agency))} was asked and did not answer.`,
);

export const MashEnquiryDecided = defineEvent(
  'referral.MashEnquiryDecided.v1',
  { enquiryId: Uuid, contactId: Uuid, outcome: code(triageOutcomes), rationale: sealed(LongText, ofTheCase), decidedBy: UserId },
  ({ outcome, rationale }) => `The MASH enquiry was decided: ${outcomeWords[outcome]}, because: ${revealText(rationale)}`,
);

export const mashEnquiryEvents = [
  MashEnquiryOpened,
  AgencyAsked,
  AgencyShared,
  AgencyRefused,
  AgencySilent,
  MashEnquiryDecided,
  ...Object.values(referralDeadlines),
] as const;
export type MashEnquiryEvent = EventOf<
  | typeof MashEnquiryOpened
  | typeof AgencyAsked
  | typeof AgencyShared
  | typeof AgencyRefused
  | typeof AgencySilent
  | typeof MashEnquiryDecided
>;
