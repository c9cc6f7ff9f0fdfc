import { invalid, notPermitted, refuse, unknown, type Policy } from '@waymark/kernel';
import { ageOn, isCoded, londonDay, type PolicyPack } from '@waymark/policy';
import { triageOutcomes } from '../outcomes.js';
import { isWritten } from '../written.js';
import type { ReceiveContact, RequestMashEnquiry, TriageContact } from './commands.js';
import type { Contact } from './state.js';

type ContactPolicy<C> = Policy<C, Contact, PolicyPack>;

/** FD-01: nothing that a caller left out refuses a contact; these only catch what cannot be. */
const reasonsAreKnown: ContactPolicy<ReceiveContact> = ({ reasons }, _, { contactReasons }) => {
  const index = reasons.findIndex((reason) => !isCoded(contactReasons, reason));
  if (index < 0) return undefined;
  return unknown('There is no such reason for a contact. Choose one of the list, or leave it out and say it in your own words.', {
    field: `reasons.${index}`,
  });
};

const birthIsNotAhead: ContactPolicy<ReceiveContact> = ({ child, meta }) =>
  child.birth === 'known' && child.dateOfBirth !== null && child.dateOfBirth > londonDay(meta.occurredAt)
    ? invalid('The date of birth lies after the contact. Correct it, or say that the child is unborn.', { field: 'child.dateOfBirth' })
    : undefined;

const unbornHaveNoBirthday: ContactPolicy<ReceiveContact> = ({ child }) =>
  child.birth === 'unborn' && child.dateOfBirth !== null
    ? invalid('A child who is unborn has no date of birth yet. Leave it out, or say that the birth is known.', {
        field: 'child.dateOfBirth',
      })
    : undefined;

/** Whether a disability is diagnosed a contact does not say, so that the wider limit holds for everybody. */
const isAboutAChild: ContactPolicy<ReceiveContact> = ({ child: { birth, dateOfBirth }, meta }, _, { childAges }) => {
  if (birth !== 'known' || dateOfBirth === null) return undefined;
  const oldest = childAges.toWithDisability ?? childAges.to;
  return ageOn(dateOfBirth, londonDay(meta.occurredAt)) > oldest
    ? invalid(
        `A contact is about a child or young person of ${oldest} at most. Correct the date of birth, or name the adult in the household.`,
        {
          field: 'child.dateOfBirth',
        },
      )
    : undefined;
};

/** FD-02: the person who decides acts as triage officer. */
const aTriageOfficerDecides: ContactPolicy<TriageContact | RequestMashEnquiry> = ({ meta }) =>
  meta.actor.role === 'triage-officer' ? undefined : notPermitted('Only a triage officer of the MASH decides what becomes of a contact.');

/** FD-02. */
const oneOfFourOutcomes: ContactPolicy<TriageContact> = ({ outcome }) =>
  triageOutcomes.includes(outcome)
    ? undefined
    : refuse(
        'FD-02',
        "Triage ends in one of four outcomes: no further action, advice and information, an Early Help Hub enquiry, or progress to Children's Social Care.",
        { field: 'outcome' },
      );

/** FD-02. */
const rationaleIsWritten: ContactPolicy<TriageContact> = ({ rationale }) =>
  isWritten(rationale) ? undefined : refuse('FD-02', 'Say in writing why this outcome was chosen.', { field: 'rationale' });

/** FD-08: the tool guides and never decides; what was seen and the professional's reasoning are recorded. */
const judgementIsReasoned: ContactPolicy<TriageContact> = ({ threshold }, _, { thresholdIndicators }) => {
  if (threshold === null) return undefined;
  const { indicators, reasoning } = threshold;
  if (indicators.length === 0) return refuse('FD-08', 'Name the indicators that were seen.', { field: 'threshold.indicators' });
  const known = Object.values(thresholdIndicators);
  const index = indicators.findIndex((indicator) => !known.some((list) => isCoded(list, indicator)));
  if (index >= 0) return refuse('FD-08', 'There is no such indicator in the threshold tool.', { field: `threshold.indicators.${index}` });
  return isWritten(reasoning)
    ? undefined
    : refuse('FD-08', 'Write down the reasoning: the tool guides and never decides.', { field: 'threshold.reasoning' });
};

/** GEN-02: a triage lies not before its contact. */
const notBeforeItsReceipt: ContactPolicy<TriageContact | RequestMashEnquiry> = ({ meta }, contact) =>
  contact.status !== 'none' && meta.occurredAt < contact.receivedAt
    ? refuse('GEN-02', 'The contact had not been received yet at that moment. Give the moment at which it happened.', {
        field: 'occurredAt',
      })
    : undefined;

export const receivePolicies = [reasonsAreKnown, unbornHaveNoBirthday, birthIsNotAhead, isAboutAChild];
export const requestEnquiryPolicies: readonly ContactPolicy<RequestMashEnquiry>[] = [aTriageOfficerDecides, notBeforeItsReceipt];
export const triagePolicies = [aTriageOfficerDecides, oneOfFourOutcomes, rationaleIsWritten, judgementIsReasoned, notBeforeItsReceipt];
