import { never, notPermitted, refuse, type Policy } from '@waymark/kernel';
import { isCoded, londonDay, type PolicyPack } from '@waymark/policy';
import { triageOutcomes } from '../outcomes.js';
import { isWritten } from '../written.js';
import type { AskAgency, DecideMashEnquiry, RecordAgencyReply } from './commands.js';
import { isSame, type MashEnquiry } from './state.js';

type EnquiryPolicy<C> = Policy<C, MashEnquiry, PolicyPack>;

const aTriageOfficerActs: EnquiryPolicy<AskAgency | RecordAgencyReply | DecideMashEnquiry> = ({ meta }) =>
  meta.actor.role === 'triage-officer' ? undefined : notPermitted('Only a triage officer of the MASH works a MASH enquiry.');

/** FD-04, FD-05: agencies of the MASH are asked, nobody else is. */
const onlyPartnersAreAsked: EnquiryPolicy<AskAgency> = ({ agency }, _, { mashPartners, mashVirtualPartners }) =>
  isCoded(mashPartners, agency) || isCoded(mashVirtualPartners, agency)
    ? undefined
    : refuse('FD-04', 'Only partners of the MASH are asked in an enquiry. Choose one of the list of partners.', { field: 'agency' });

/** FD-04. */
const onlyTheAskedReply: EnquiryPolicy<RecordAgencyReply> = (command, enquiry) =>
  enquiry.status !== 'none' && enquiry.asked.some((asked) => isSame(asked, command))
    ? undefined
    : refuse('FD-04', 'This agency was not asked in the enquiry. Record first what it was asked.', { field: 'agency' });

/** FD-04: what was shared, or why it was not. */
const replyIsWritten: EnquiryPolicy<RecordAgencyReply> = ({ reply }) => {
  switch (reply.kind) {
    case 'shared':
      return isWritten(reply.shared) ? undefined : refuse('FD-04', 'Say what the agency shared.', { field: 'reply.shared' });
    case 'refused':
      return isWritten(reply.reason) ? undefined : refuse('FD-04', 'Say why the agency refused to share.', { field: 'reply.reason' });
    case 'silent':
      return undefined;
    default:
      return never(reply);
  }
};

/** FD-04: on a basis that was law on that day. */
const sharingHasItsBasis: EnquiryPolicy<RecordAgencyReply> = ({ reply, meta }, _, { sharingBases }) => {
  if (reply.kind !== 'shared') return undefined;
  const basis = isCoded(sharingBases, reply.basis) ? sharingBases[reply.basis] : undefined;
  return basis && (basis.from === null || basis.from <= londonDay(meta.occurredAt))
    ? undefined
    : refuse('FD-04', 'Name the basis on which it was shared: one of the list, in force on that day.', { field: 'reply.basis' });
};

/** FD-02 holds for the decision of an enquiry too. */
const oneOfFourOutcomes: EnquiryPolicy<DecideMashEnquiry> = ({ outcome }) =>
  triageOutcomes.includes(outcome)
    ? undefined
    : refuse('FD-02', 'A MASH enquiry ends in one of the four outcomes of triage.', { field: 'outcome' });

const rationaleIsWritten: EnquiryPolicy<DecideMashEnquiry> = ({ rationale }) =>
  isWritten(rationale) ? undefined : refuse('FD-02', 'Say in writing why the enquiry is decided so.', { field: 'rationale' });

/** GEN-02: nothing of an enquiry lies before the contact that it is about. */
const notBeforeItsContact: EnquiryPolicy<AskAgency | RecordAgencyReply | DecideMashEnquiry> = ({ meta }, enquiry) =>
  enquiry.status !== 'none' && meta.occurredAt < enquiry.receivedAt
    ? refuse('GEN-02', 'The contact had not been received yet at that moment. Give the moment at which it happened.', {
        field: 'occurredAt',
      })
    : undefined;

export const askPolicies: readonly EnquiryPolicy<AskAgency>[] = [aTriageOfficerActs, onlyPartnersAreAsked, notBeforeItsContact];
export const replyPolicies: readonly EnquiryPolicy<RecordAgencyReply>[] = [
  aTriageOfficerActs,
  onlyTheAskedReply,
  replyIsWritten,
  sharingHasItsBasis,
  notBeforeItsContact,
];
export const decidePolicies: readonly EnquiryPolicy<DecideMashEnquiry>[] = [
  aTriageOfficerActs,
  oneOfFourOutcomes,
  rationaleIsWritten,
  notBeforeItsContact,
];
