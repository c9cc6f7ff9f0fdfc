import {
  code,
  defineEvent,
  flag,
  handle,
  Instant,
  LongText,
  OrganisationId,
  reveal,
  revealText,
  sealed,
  UserId,
  Uuid,
  type EventOf,
  type Sealed,
} from '@waymark/kernel';
import { authorities, spelt, thresholdLevels } from '@waymark/policy';
import { z } from 'zod';
import { hubEnds, nextSteps, nextStepWords, outcomeWords, triageOutcomes } from '../outcomes.js';
import { Child, HouseholdMember, Referrer } from './people.js';

const ofTheCase = { of: 'caseId' };
/** A code about a person or a family is as personal as a text (docs/adr/0017); until 30 November 2026 these stood in clear. */
const sealedCode = { ...ofTheCase, addedLater: true };
const nameOf = (person: { readonly name: Sealed<string> | null }, otherwise: string) =>
  person.name === null ? otherwise : revealText(person.name);
const listed = (codes: Sealed<readonly string[]>) => {
  const known = reveal(codes, ['erased']);
  return known.length > 0 ? ` (${known.map(spelt).join('; ')})` : '';
};

export const ContactReceived = defineEvent(
  'referral.ContactReceived.v1',
  {
    contactId: Uuid,
    authority: code(authorities),
    receivedAt: Instant,
    /** Whether the family's case begins with this contact, or has been there before. */
    opensCase: flag(),
    source: code(['professional', 'public']),
    organisation: OrganisationId.nullable(),
    referrer: Referrer.nullable(),
    child: Child,
    household: z.array(HouseholdMember),
    concern: sealed(LongText, ofTheCase),
    reasons: sealed(z.array(handle()), sealedCode),
    immediateConcern: flag(),
  },
  ({ source, referrer, child, reasons, concern }) => {
    const maker = source === 'professional' ? 'A professional' : 'A member of the public';
    const named = referrer?.name ? `${maker}, ${revealText(referrer.name)},` : maker;
    return `${named} made a contact about ${nameOf(child, 'a child')}${listed(reasons)}: ${revealText(concern)}`;
  },
);

export const ContactAcknowledged = defineEvent(
  'referral.ContactAcknowledged.v1',
  { contactId: Uuid, reference: handle() },
  ({ reference }) => `The contact was acknowledged under the reference ${reference}.`,
);

export const SafeguardingRouteShown = defineEvent(
  'referral.SafeguardingRouteShown.v1',
  { contactId: Uuid },
  () => "Because of an immediate concern, the organisation's own safeguarding procedure and the way to the MASH were shown at once.",
);

export const MashEnquiryRequested = defineEvent(
  'referral.MashEnquiryRequested.v1',
  { contactId: Uuid, enquiryId: Uuid, receivedAt: Instant },
  () => 'A MASH enquiry was asked for, to help decide on the contact.',
);

/** FD-08. */
export const ThresholdJudgement = z.strictObject({
  level: sealed(z.enum(thresholdLevels), sealedCode),
  /** FD-10: at the top of universal an assessment may be completed. */
  topOfLevel: sealed(z.boolean(), sealedCode),
  indicators: sealed(z.array(handle()), sealedCode),
  reasoning: sealed(LongText, ofTheCase),
});

export const ContactTriaged = defineEvent(
  'referral.ContactTriaged.v1',
  {
    contactId: Uuid,
    outcome: code(triageOutcomes),
    /** Where a MASH enquiry decided, its rationale stands with its decision. */
    rationale: sealed(LongText, ofTheCase).nullable(),
    decidedBy: UserId,
    threshold: ThresholdJudgement.nullable(),
    mashEnquiryId: Uuid.nullable(),
    /** The hub enquiry that follows from the outcome. */
    hubEnquiryId: Uuid.nullable(),
  },
  ({ outcome, rationale, threshold }) => {
    const why = rationale === null ? 'as the MASH enquiry decided.' : `because: ${revealText(rationale)}`;
    const level = threshold
      ? ` Judged at the ${revealText(threshold.level)} level${listed(threshold.indicators)}: ${revealText(threshold.reasoning)}`
      : '';
    return `Triage ended in ${outcomeWords[outcome]}, ${why}${level}`;
  },
);

export const SocialCareReferralPrompted = defineEvent(
  'referral.SocialCareReferralPrompted.v1',
  { contactId: Uuid, indicators: sealed(z.array(handle()), sealedCode) },
  ({ indicators }) => `Indicators of the specialist level prompt a referral to Children's Social Care${listed(indicators)}.`,
);

const suggested = {
  expected: 'At the targeted level an Early Help Assessment is expected.',
  possible: 'At the top of the universal level an Early Help Assessment may be completed.',
  erased: 'An Early Help Assessment was suggested.',
};

export const AssessmentSuggested = defineEvent(
  'referral.AssessmentSuggested.v1',
  { contactId: Uuid, expectation: sealed(z.enum(['expected', 'possible']), sealedCode) },
  ({ expectation }) => suggested[reveal(expectation, 'erased')],
);

export const ContactReturnedToMash = defineEvent(
  'referral.ContactReturnedToMash.v1',
  { contactId: Uuid, hubEnquiryId: Uuid },
  () => 'The Early Help Hub gave the contact back to the MASH, to be triaged again.',
);

/** FD-12: the outcome and the next step, and nothing else of the family. */
export const ReferrerTold = defineEvent(
  'referral.ReferrerTold.v1',
  {
    contactId: Uuid,
    outcome: code(triageOutcomes),
    hubEnd: code(hubEnds).nullable(),
    nextStep: code(nextSteps),
    way: code(['message-to-organisation', 'reply-to-contact-details', 'telephone', 'letter', 'in-person']),
    organisation: OrganisationId.nullable(),
  },
  ({ outcome, nextStep, way }) =>
    `Whoever made the contact was told its outcome (${spelt(way)}): ${outcomeWords[outcome]}; ${nextStepWords[nextStep]}.`,
);

export const ReferrerNotTold = defineEvent(
  'referral.ReferrerNotTold.v1',
  { contactId: Uuid, reason: code(['no-way-to-reach-them']) },
  () => 'Whoever made the contact left no way to be reached, and could not be told its outcome.',
);

export const contactEvents = [
  ContactReceived,
  ContactAcknowledged,
  SafeguardingRouteShown,
  MashEnquiryRequested,
  ContactTriaged,
  SocialCareReferralPrompted,
  AssessmentSuggested,
  ContactReturnedToMash,
  ReferrerTold,
  ReferrerNotTold,
] as const;
export type ContactEvent = EventOf<(typeof contactEvents)[number]>;
