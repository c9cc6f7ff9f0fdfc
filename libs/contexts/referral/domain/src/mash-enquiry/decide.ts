import { meetDeadline, pending, setDeadline, type DeadlineEvent, type Deadlines } from '@waymark/deadlines';
import { accept, check, never, unknown, wrongState, type Decision, type Uuid } from '@waymark/kernel';
import { deadlineAfter, type PolicyPack } from '@waymark/policy';
import { referralDeadlines } from '../deadlines.js';
import type { AgencyReply, AskAgency, DecideMashEnquiry, MashEnquiryCommand, OpenMashEnquiry, RecordAgencyReply } from './commands.js';
import {
  AgencyAsked,
  AgencyRefused,
  AgencyShared,
  AgencySilent,
  MashEnquiryDecided,
  MashEnquiryOpened,
  type MashEnquiryEvent,
} from './events.js';
import { askPolicies, decidePolicies, replyPolicies } from './policies.js';
import { isSame, type Asked, type MashEnquiry, type OpenEnquiry } from './state.js';

type Event = MashEnquiryEvent | DeadlineEvent<'referral'>;
type Decided = Decision<Event>;
type Existing = Exclude<MashEnquiry, { status: 'none' }>;
const rule = 'FD-03';

export const decide = (command: MashEnquiryCommand, enquiry: MashEnquiry, pack: PolicyPack, deadlines: Deadlines): Decided => {
  if (command.kind === 'OpenMashEnquiry') return open(command, enquiry, pack, deadlines);
  if (enquiry.status === 'none') return unknown('There is no such MASH enquiry.', { field: 'enquiryId' });
  switch (command.kind) {
    case 'AskAgency':
      return ask(command, enquiry, pack);
    case 'RecordAgencyReply':
      return recordReply(command, enquiry, pack, deadlines);
    case 'DecideMashEnquiry':
      return decideEnquiry(command, enquiry, pack, deadlines);
    default:
      return never(command);
  }
};

/** FD-03: elapsed hours from the contact's receipt, whenever the enquiry was opened. */
const open = (
  { enquiryId, contactId, receivedAt }: OpenMashEnquiry,
  enquiry: MashEnquiry,
  pack: PolicyPack,
  deadlines: Deadlines,
): Decided => {
  if (enquiry.status !== 'none') return wrongState('This MASH enquiry is open already.');
  const dueAt = deadlineAfter(receivedAt, pack.mashEnquiryDecision);
  return accept<Event>(
    MashEnquiryOpened({ enquiryId, contactId, receivedAt }),
    setDeadline(referralDeadlines, deadlines, { owner: enquiryId, rule, dueAt }),
  );
};

const ask = (command: AskAgency, enquiry: Existing, pack: PolicyPack): Decided => {
  const refusal = check(askPolicies, command, enquiry, pack);
  if (refusal) return refusal;
  if (enquiry.status === 'decided') return alreadyDecided;
  const { agency, organisation, question, replyBy } = command;
  if (enquiry.asked.some((asked) => isSame(asked, command) && asked.answer === 'awaited'))
    return wrongState('This agency has been asked and has not answered yet.', { field: 'agency' });
  return accept(AgencyAsked({ enquiryId: enquiry.enquiryId, agency, organisation, question, replyBy }));
};

/** FD-04. An answer that comes after the decision is recorded all the same; it says that it was late. */
const recordReply = (command: RecordAgencyReply, enquiry: Existing, pack: PolicyPack, deadlines: Deadlines): Decided => {
  const refusal = check(replyPolicies, command, enquiry, pack);
  if (refusal) return refusal;
  const asked = enquiry.asked.find((candidate) => isSame(candidate, command));
  if (!asked || isAnswered(asked, command.reply)) return wrongState("This agency's answer has been recorded already.");
  const replyBy = asked.replyBy ?? pending(deadlines, rule)?.dueAt;
  const late = enquiry.status === 'decided' || (replyBy !== undefined && command.meta.occurredAt > replyBy);
  return accept(replied(enquiry.enquiryId, command, late));
};

/** Silence may still be broken; what was said stands. */
const isAnswered = ({ answer }: Asked, reply: AgencyReply): boolean =>
  answer === 'shared' || answer === 'refused' || (answer === 'silent' && reply.kind === 'silent');

const replied = (enquiryId: Uuid, { agency, organisation, reply }: RecordAgencyReply, late: boolean): Event => {
  const which = { enquiryId, agency, organisation };
  switch (reply.kind) {
    case 'shared':
      return AgencyShared({ ...which, shared: reply.shared, basis: reply.basis, late });
    case 'refused':
      return AgencyRefused({ ...which, reason: reply.reason, late });
    case 'silent':
      return AgencySilent(which);
    default:
      return never(reply);
  }
};

/** The silence of whoever has not answered by now is recorded with the decision (FD-04): no form holds a decision up. */
const decideEnquiry = (command: DecideMashEnquiry, enquiry: Existing, pack: PolicyPack, deadlines: Deadlines): Decided => {
  const refusal = check(decidePolicies, command, enquiry, pack);
  if (refusal) return refusal;
  if (enquiry.status === 'decided') return alreadyDecided;
  const { outcome, rationale, meta } = command;
  const { enquiryId, contactId } = enquiry;
  return accept<Event>(
    ...silences(enquiry),
    MashEnquiryDecided({ enquiryId, contactId, outcome, rationale, decidedBy: meta.actor.user }),
    ...meetDeadline(referralDeadlines, deadlines, { rule }, meta),
  );
};

const silences = ({ enquiryId, asked }: OpenEnquiry): readonly Event[] =>
  asked.filter(({ answer }) => answer === 'awaited').map(({ agency, organisation }) => AgencySilent({ enquiryId, agency, organisation }));

const alreadyDecided = wrongState('This MASH enquiry has been decided already.');
