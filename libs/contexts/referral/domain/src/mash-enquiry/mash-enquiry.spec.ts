import { describe, expect, it } from '@jest/globals';
import { instant, instantFromMs, msOf, type Instant, type Intent } from '@waymark/kernel';
import { pending } from '@waymark/deadlines';
import { aCase, specification } from '@waymark/testing';
import { referralDeadlines } from '../deadlines.js';
import { contactId, enquiryId, officer, pack, received, school } from '../referral.fixture.js';
import type { AgencyReply, AskAgency, DecideMashEnquiry, OpenMashEnquiry, RecordAgencyReply } from './commands.js';
import { AgencyAsked, AgencyRefused, AgencyShared, AgencySilent, MashEnquiryDecided, MashEnquiryOpened } from './events.js';
import { mashEnquiry } from './mash-enquiry.js';

const { given } = specification(mashEnquiry, pack);
const atHour = (hour: number): Instant => instantFromMs(msOf(received) + hour * 3_600_000);
const officerAt = (hour: number) => ({ actor: officer, now: atHour(hour) });
const dueAt = instant('2026-03-05T09:15:00Z');

const open: Intent<OpenMashEnquiry> = { kind: 'OpenMashEnquiry', caseId: aCase, enquiryId, contactId, receivedAt: received };
const opened = MashEnquiryOpened({ enquiryId, contactId, receivedAt: received });
const [, deadlineSet] = (() => {
  const decision = given().when(open).decision();
  return decision.outcome === 'accepted' ? decision.events : [];
})();
const history = [opened, deadlineSet!] as const;
const deadlineId = pending(given().when(open).state().deadlines, 'FD-03')!.deadlineId;
const met = (late: boolean) => referralDeadlines.DeadlineMet({ deadlineId, rule: 'FD-03', about: null, late });
const missed = { ...referralDeadlines.DeadlineMissed({ deadlineId, rule: 'FD-03', about: null, dueAt }), occurredAt: dueAt };

const ask = (agency: string, overrides: Partial<Intent<AskAgency>> = {}): Intent<AskAgency> => ({
  kind: 'AskAgency',
  caseId: aCase,
  agency,
  organisation: null,
  question: 'What is known of the family?',
  replyBy: null,
  ...overrides,
});
const asked = (agency: string, replyBy: Instant | null = null) =>
  AgencyAsked({ enquiryId, agency, organisation: null, question: 'What is known of the family?', replyBy });
const shared: AgencyReply = { kind: 'shared', shared: 'Two incidents last year.', basis: 'safeguarding-children' };
const reply = (agency: string, answer: AgencyReply): Intent<RecordAgencyReply> => ({
  kind: 'RecordAgencyReply',
  caseId: aCase,
  agency,
  organisation: null,
  reply: answer,
});
const agencyShared = (agency: string, late: boolean) =>
  AgencyShared({ enquiryId, agency, organisation: null, shared: 'Two incidents last year.', basis: 'safeguarding-children', late });
const decide = (overrides: Partial<Intent<DecideMashEnquiry>> = {}): Intent<DecideMashEnquiry> => ({
  kind: 'DecideMashEnquiry',
  caseId: aCase,
  outcome: 'childrens-social-care',
  rationale: 'Significant harm is likely.',
  ...overrides,
});
const decided = MashEnquiryDecided({
  enquiryId,
  contactId,
  outcome: 'childrens-social-care',
  rationale: 'Significant harm is likely.',
  decidedBy: officer.user,
});

describe('the deadline', () => {
  it('FD-03 stands 72 elapsed hours after the contact’s receipt, however late the enquiry was opened', () => {
    given()
      .when(open, officerAt(0))
      .then(opened, referralDeadlines.DeadlineSet({ deadlineId, rule: 'FD-03', about: null, dueAt, remindAt: null }));
    given()
      .when(open, officerAt(50))
      .then(...history);
  });

  it('FD-03 72 hours over the change of the clocks are 72 hours', () => {
    const overTheChange = given().when({ ...open, receivedAt: instant('2026-03-27T17:00:00Z') });
    expect(pending(overTheChange.state().deadlines, 'FD-03')?.dueAt).toBe('2026-03-30T17:00:00.000Z');
  });

  it('FD-03 decided at hour 71 is in time', () =>
    given(...history)
      .when(decide(), officerAt(71))
      .then(decided, met(false)));

  it('FD-03 decided at hour 73 leaves the breach on record, as of when it was due', () =>
    given(...history)
      .when(decide(), officerAt(73))
      .then(decided, missed, met(true)));

  it('FD-03 what the timer recorded is not recorded again', () => {
    given(...history)
      .when({ kind: 'MissDeadline', caseId: aCase, deadlineId }, officerAt(72.1))
      .then(missed);
    given(...history, missed)
      .when(decide(), officerAt(73))
      .then(decided, met(true));
    given(...history, missed)
      .when({ kind: 'MissDeadline', caseId: aCase, deadlineId }, officerAt(74))
      .nothing();
    given(...history, decided, met(false))
      .when({ kind: 'MissDeadline', caseId: aCase, deadlineId }, officerAt(74))
      .nothing();
  });

  it('an enquiry is opened once', () =>
    given(...history)
      .when(open)
      .refused('wrong-state'));
});

describe('asking agencies', () => {
  it.each(['police', 'health', 'education', 'probation', 'housing'])('FD-04 %s, a partner of the MASH, is asked', (agency) =>
    given(...history)
      .when(ask(agency), officerAt(1))
      .then(asked(agency)),
  );

  it.each(['press', 'constructor'])('FD-04 %s is not', (agency) =>
    given(...history)
      .when(ask(agency), officerAt(1))
      .refused('FD-04', { field: 'agency' }),
  );

  it('two schools are two agencies; the same one is not asked twice while it is awaited', () => {
    given(...history, asked('education'))
      .when(ask('education', { organisation: school }), officerAt(1))
      .then(AgencyAsked({ ...asked('education').data, organisation: school }));
    given(...history, asked('education'))
      .when(ask('education'), officerAt(1))
      .refused('wrong-state', { field: 'agency' });
  });

  it('is a triage officer’s, in an enquiry that is open', () => {
    given(...history)
      .when(ask('police'))
      .refused('not-permitted');
    given().when(ask('police'), officerAt(1)).refused('unknown');
    given(...history, decided)
      .when(ask('police'), officerAt(1))
      .refused('wrong-state');
  });
});

describe('what agencies answer', () => {
  const police = [...history, asked('police')] as const;

  it('FD-04 what was shared is recorded with its basis, a refusal with its reason, silence as silence', () => {
    given(...police)
      .when(reply('police', shared), officerAt(5))
      .then(agencyShared('police', false));
    given(...police)
      .when(reply('police', { kind: 'refused', reason: 'A live investigation.' }), officerAt(5))
      .then(AgencyRefused({ enquiryId, agency: 'police', organisation: null, reason: 'A live investigation.', late: false }));
    given(...police)
      .when(reply('police', { kind: 'silent' }), officerAt(5))
      .then(AgencySilent({ enquiryId, agency: 'police', organisation: null }));
  });

  it('FD-04 a reply without what was shared, its basis or a reason is refused', () => {
    const answered = (answer: AgencyReply, hour = 5) => given(...police).when(reply('police', answer), officerAt(hour));
    answered({ ...shared, shared: ' ' }).refused('FD-04', { field: 'reply.shared' });
    answered({ ...shared, basis: 'habit' }).refused('FD-04', { field: 'reply.basis' });
    answered({ kind: 'refused', reason: '' }).refused('FD-04', { field: 'reply.reason' });
  });

  it('FD-04 a duty that is not law yet is no basis; from its first day on it is', () => {
    const under = (now: string) =>
      given(...police).when(reply('police', { ...shared, basis: 'section-16la-duty' }), { actor: officer, now: instant(now) });
    under('2026-09-29T23:59:00+01:00').refused('FD-04', { field: 'reply.basis' });
    under('2026-09-30T00:00:00+01:00').including(AgencyShared({ ...agencyShared('police', true).data, basis: 'section-16la-duty' }));
  });

  it('FD-04 an agency that was not asked has no answer to record', () =>
    given(...police)
      .when(reply('health', shared), officerAt(5))
      .refused('FD-04', { field: 'agency' }));

  it('FD-04 an answer after its time, or after the decision, says that it is late', () => {
    const askedBy = [...history, asked('police', atHour(10))] as const;
    given(...askedBy)
      .when(reply('police', shared), officerAt(10))
      .then(agencyShared('police', false));
    given(...askedBy)
      .when(reply('police', shared), officerAt(11))
      .then(agencyShared('police', true));
    given(...police)
      .when(reply('police', shared), officerAt(73))
      .then(agencyShared('police', true));
    const silent = AgencySilent({ enquiryId, agency: 'police', organisation: null });
    given(...police, silent, decided, met(false))
      .when(reply('police', shared), officerAt(71))
      .then(agencyShared('police', true));
  });

  it('is recorded by a triage officer', () =>
    given(...police)
      .when(reply('police', shared))
      .refused('not-permitted'));

  it('an answer is recorded once', () => {
    given(...police, agencyShared('police', false))
      .when(reply('police', shared), officerAt(6))
      .refused('wrong-state');
    const silent = AgencySilent({ enquiryId, agency: 'police', organisation: null });
    given(...police, silent)
      .when(reply('police', { kind: 'silent' }), officerAt(6))
      .refused('wrong-state');
  });
});

describe('the decision', () => {
  it('FD-04 records the silence of whoever has not answered, and of nobody else', () =>
    given(...history, asked('police'), asked('education'), agencyShared('police', false))
      .when(decide(), officerAt(20))
      .then(AgencySilent({ enquiryId, agency: 'education', organisation: null }), decided, met(false)));

  it('FD-02 is one of the four outcomes, with a rationale', () => {
    given(...history)
      .when(decide({ outcome: 'maybe' as never }), officerAt(1))
      .refused('FD-02', { field: 'outcome' });
    given(...history)
      .when(decide({ rationale: ' ' }), officerAt(1))
      .refused('FD-02', { field: 'rationale' });
    given(...history)
      .when(decide(), officerAt(1))
      .including(decided);
  });

  it('A9 GEN-01 stands in the enquiry with its outcome, its rationale, when and by whom', () =>
    expect(
      given(...history)
        .when(decide(), officerAt(71))
        .state().subject,
    ).toMatchObject({
      status: 'decided',
      outcome: 'childrens-social-care',
      rationale: 'Significant harm is likely.',
      decidedAt: atHour(71),
      decidedBy: officer,
    }));

  it('A10 GEN-02 lies not before the contact, and a back-dated one that is late meets nothing in time', () => {
    given(...history)
      .when(decide(), { actor: officer, now: atHour(240), occurredAt: atHour(-1) })
      .refused('GEN-02', { field: 'occurredAt' });
    given(...history)
      .when(decide(), { actor: officer, now: atHour(240), occurredAt: atHour(0) })
      .then(decided, missed, met(true));
  });

  it('is a triage officer’s, once', () => {
    given(...history)
      .when(decide())
      .refused('not-permitted');
    given(...history, decided, met(false))
      .when(decide(), officerAt(2))
      .refused('wrong-state');
    given().when(decide(), officerAt(1)).refused('unknown');
  });
});
