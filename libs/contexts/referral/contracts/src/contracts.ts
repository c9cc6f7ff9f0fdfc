import { CaseId, code, defineContract, handle, Instant, OrganisationId, Uuid } from '@waymark/kernel';

// A contract's codes are its own: what referral decides inside may grow without changing what it promised.
const outcome = () => code(['no-further-action', 'advice-and-information', 'early-help-hub-enquiry', 'childrens-social-care']);
const hubEnd = () => code(['eha-recommended', 'advice', 'back-to-mash']);

/** A contact about a child was received; it opens the case, or joins one that is there. */
export const contactReceived = defineContract('earlyhelp.referral.contact-received.v1', {
  caseId: CaseId,
  contactId: Uuid,
  authority: handle(),
  receivedAt: Instant,
});

/** Which organisation made a contact, so that who works with the family can tell whose it is; nothing is told of a member of the public. */
export const contactMade = defineContract('earlyhelp.referral.contact-made.v1', {
  caseId: CaseId,
  contactId: Uuid,
  organisation: OrganisationId,
  at: Instant,
});

/** A contact has one of the four outcomes of triage (FD-02). */
export const contactTriaged = defineContract('earlyhelp.referral.contact-triaged.v1', {
  caseId: CaseId,
  contactId: Uuid,
  outcome: outcome(),
  triagedAt: Instant,
});

export const mashEnquiryDecided = defineContract('earlyhelp.referral.mash-enquiry-decided.v1', {
  caseId: CaseId,
  enquiryId: Uuid,
  contactId: Uuid,
  outcome: outcome(),
  decidedAt: Instant,
});

/** `agency`: to whom an Early Help Assessment is recommended (FD-06); null for the other ends. */
export const hubEnquiryDecided = defineContract('earlyhelp.referral.hub-enquiry-decided.v1', {
  caseId: CaseId,
  hubEnquiryId: Uuid,
  contactId: Uuid,
  end: hubEnd(),
  agency: OrganisationId.nullable(),
  decidedAt: Instant,
});

/** A deadline of referral's passed without being met; `rule` says which (FD-03). */
export const deadlineMissed = defineContract('earlyhelp.referral.deadline-missed.v1', {
  caseId: CaseId,
  deadlineId: Uuid,
  rule: handle(),
  dueAt: Instant,
});

/** Whoever made the contact was told its outcome (FD-12); `organisation` where they made it as a professional. */
export const referrerTold = defineContract('earlyhelp.referral.referrer-told.v1', {
  caseId: CaseId,
  contactId: Uuid,
  organisation: OrganisationId.nullable(),
  outcome: outcome(),
  hubEnd: hubEnd().nullable(),
  nextStep: code(['none', 'advice-given', 'assessment-recommended', 'social-care-assessment']),
  toldAt: Instant,
});

/** Everything that referral publishes. */
export const referralContracts = [
  contactReceived,
  contactMade,
  contactTriaged,
  mashEnquiryDecided,
  hubEnquiryDecided,
  deadlineMissed,
  referrerTold,
] as const;
