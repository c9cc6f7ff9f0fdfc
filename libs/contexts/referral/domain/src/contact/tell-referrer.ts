import { accept, wrongState, type Decision } from '@waymark/kernel';
import type { HubEnd, NextStep, TriageOutcome } from '../outcomes.js';
import type { TellReferrer } from './commands.js';
import { ReferrerNotTold, ReferrerTold, type ContactEvent } from './events.js';
import type { Contact, ContactFacts } from './state.js';

/** FD-12: whoever made the contact is told the outcome and the next step, and no more. */
export const tellReferrer = ({ hubEnd, way }: TellReferrer, contact: Contact & ContactFacts): Decision<ContactEvent> => {
  if (contact.status !== 'triaged') return wrongState('The contact has no outcome yet.');
  // A person may have been faster than the workflow; then nothing is left for it to do.
  if (contact.referrerAnswered) return way === null ? accept() : wrongState('Whoever made the contact has had their answer already.');
  const nextStep = nextStepOf(contact.outcome, hubEnd);
  if (!nextStep) return wrongState('The Early Help Hub has not decided yet; the outcome is not final.');
  const { contactId, outcome, organisation } = contact;
  const by = way ?? usualWay(contact);
  if (!by) return accept(ReferrerNotTold({ contactId, reason: 'no-way-to-reach-them' }));
  return accept(
    ReferrerTold({ contactId, outcome, hubEnd: outcome === 'early-help-hub-enquiry' ? hubEnd : null, nextStep, way: by, organisation }),
  );
};

const usualWay = ({ organisation, contactDetailsKnown }: ContactFacts) => {
  if (organisation !== null) return 'message-to-organisation' as const;
  return contactDetailsKnown ? ('reply-to-contact-details' as const) : undefined;
};

const afterTriage: Readonly<Record<Exclude<TriageOutcome, 'early-help-hub-enquiry'>, NextStep>> = {
  'no-further-action': 'none',
  'advice-and-information': 'advice-given',
  'childrens-social-care': 'social-care-assessment',
};
const afterHub: Readonly<Record<Exclude<HubEnd, 'back-to-mash'>, NextStep>> = {
  'eha-recommended': 'assessment-recommended',
  advice: 'advice-given',
};

/** Nothing while the outcome is not final: at the hub, or on its way back to the MASH. */
const nextStepOf = (outcome: TriageOutcome, hubEnd: HubEnd | null): NextStep | undefined => {
  if (outcome !== 'early-help-hub-enquiry') return afterTriage[outcome];
  return hubEnd === null || hubEnd === 'back-to-mash' ? undefined : afterHub[hubEnd];
};
