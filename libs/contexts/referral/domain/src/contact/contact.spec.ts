import { describe, expect, it } from '@jest/globals';
import { derivedId, type Day, type PersonId } from '@waymark/kernel';
import { aCase, idOf, specification } from '@waymark/testing';
import { triageOutcomes } from '../outcomes.js';
import {
  asOfficer,
  contactId,
  contactReceived,
  contactTriaged,
  enquiryId,
  hubEnquiryId,
  judgement,
  mashEnquiryRequested,
  officer,
  pack,
  receiveContact,
  received,
  requestMashEnquiry,
  tellReferrer,
  triageContact,
} from '../referral.fixture.js';
import { contact } from './contact.js';
import {
  AssessmentSuggested,
  ContactAcknowledged,
  ContactReturnedToMash,
  MashEnquiryRequested,
  ReferrerNotTold,
  ReferrerTold,
  SafeguardingRouteShown,
  SocialCareReferralPrompted,
} from './events.js';
import { referenceOf } from './reference.js';

const { given } = specification(contact, pack);
const acknowledged = ContactAcknowledged({ contactId, reference: referenceOf(contactId) });

describe('receiving a contact', () => {
  it('FD-01 a contact by a professional is taken and acknowledged with a reference', () =>
    given().when(receiveContact(), { now: received }).then(contactReceived(), acknowledged));

  it('FD-01 a member of the public may stay anonymous, and may know nothing of the child but a worry', () => {
    const child = { personId: idOf<PersonId>('unknown'), name: null, birth: 'unknown' as const, dateOfBirth: null };
    given()
      .when(receiveContact({ source: { kind: 'public', referrer: null }, child, household: [], reasons: [] }), { now: received })
      .then(contactReceived({ source: 'public', organisation: null, referrer: null, child, household: [], reasons: [] }), acknowledged);
  });

  it('FD-01 whoever brings it, in whatever role, it is taken', () => {
    for (const role of ['public', 'practitioner', 'triage-officer', 'social-worker'] as const)
      given()
        .when(receiveContact(), { actor: { ...officer, role } })
        .including(acknowledged);
  });

  it('a contact is received once', () => given(contactReceived()).when(receiveContact()).refused('wrong-state'));

  it('FD-11 an immediate concern shows the way to the MASH at once and holds nothing up', () =>
    given()
      .when(receiveContact({ immediateConcern: true }))
      .including(acknowledged, SafeguardingRouteShown({ contactId })));

  it('FD-11 without an immediate concern nothing is shown', () => {
    const decision = given().when(receiveContact()).decision();
    expect(JSON.stringify(decision)).not.toContain('SafeguardingRouteShown');
  });

  it('FD-15 a reason is one of the list', () => {
    given()
      .when(receiveContact({ reasons: ['bullying', 'constructor'] }))
      .refused('unknown', { field: 'reasons.1' });
    given()
      .when(receiveContact({ reasons: ['bullying', 'housing'] }))
      .including(acknowledged);
  });

  it('A17 a child is not born after the contact, is 25 at most, and has no date of birth before it is born', () => {
    const born = (birth: 'known' | 'unborn', dateOfBirth: string) =>
      receiveContact({ child: { personId: idOf('amir'), name: null, birth, dateOfBirth: dateOfBirth as Day } });
    given().when(born('known', '2026-03-03'), { now: received }).refused('invalid', { field: 'child.dateOfBirth' });
    given().when(born('known', '2026-03-02'), { now: received }).including(acknowledged);
    for (const day of ['2026-06-01', '2026-01-01'])
      given().when(born('unborn', day), { now: received }).refused('invalid', { field: 'child.dateOfBirth' });
    given().when(born('known', '1980-03-02'), { now: received }).refused('invalid', { field: 'child.dateOfBirth' });
    given().when(born('known', '2000-03-02'), { now: received }).refused('invalid', { field: 'child.dateOfBirth' });
    given().when(born('known', '2000-03-03'), { now: received }).including(acknowledged);
  });
});

describe('the reference', () => {
  it('is short, follows from the contact alone, and holds no letter that reads as a digit', () => {
    expect(referenceOf(contactId)).toMatch(/^EH-[0-9A-HJKMNP-TV-Z]{8}$/);
    expect(referenceOf(contactId)).toBe(referenceOf(contactId));
    const many = new Set(Array.from({ length: 2000 }, (_, index) => referenceOf(idOf(`contact-${index}`))));
    expect(many.size).toBe(2000);
  });
});

describe('triage', () => {
  it.each(triageOutcomes.filter((outcome) => outcome !== 'early-help-hub-enquiry'))('FD-02 may end in %s', (outcome) =>
    given(contactReceived()).when(triageContact({ outcome }), asOfficer).then(contactTriaged(outcome)),
  );

  it('FD-02 may end in a hub enquiry, which is named with it', () =>
    given(contactReceived())
      .when(triageContact({ outcome: 'early-help-hub-enquiry' }), asOfficer)
      .then(contactTriaged('early-help-hub-enquiry', { hubEnquiryId: derivedId('hub-enquiry', contactId, '0') })));

  it('FD-02 has no fifth outcome', () =>
    given(contactReceived())
      .when(triageContact({ outcome: 'wait-and-see' as never }), asOfficer)
      .refused('FD-02', { field: 'outcome' }));

  it.each(['', '  \n'])('FD-02 is not without a written rationale (%j)', (rationale) =>
    given(contactReceived()).when(triageContact({ rationale }), asOfficer).refused('FD-02', { field: 'rationale' }),
  );

  it('FD-02 is a triage officer’s to decide', () => given(contactReceived()).when(triageContact()).refused('not-permitted'));

  it('FD-02 has exactly one outcome: it is not done twice', () =>
    given(contactReceived(), contactTriaged('advice-and-information')).when(triageContact(), asOfficer).refused('wrong-state'));

  it('needs a contact', () => given().when(triageContact(), asOfficer).refused('unknown', { field: 'contactId' }));
});

describe('a threshold judgement', () => {
  const triaged = (threshold: ReturnType<typeof judgement>, outcome: Parameters<typeof contactTriaged>[0] = 'advice-and-information') =>
    given(contactReceived()).when(triageContact({ threshold, outcome }), asOfficer);
  const recorded = (threshold: ReturnType<typeof judgement>, outcome: Parameters<typeof contactTriaged>[0] = 'advice-and-information') =>
    contactTriaged(outcome, { threshold: { ...threshold, indicators: [...threshold.indicators] } });

  it('FD-08 is recorded with its level, indicators and reasoning', () =>
    triaged(judgement({ level: 'universal' })).then(recorded(judgement({ level: 'universal' }))));

  it('FD-08 is refused without indicators, with invented ones, and without reasoning', () => {
    triaged(judgement({ indicators: [] })).refused('FD-08', { field: 'threshold.indicators' });
    triaged(judgement({ indicators: ['substance-misuse', 'bad-luck'] })).refused('FD-08', { field: 'threshold.indicators.1' });
    triaged(judgement({ reasoning: ' ' })).refused('FD-08', { field: 'threshold.reasoning' });
  });

  it('FD-09 indicators of the specialist level prompt a referral to Children’s Social Care and decide nothing', () => {
    const threshold = judgement({ level: 'universal', indicators: ['substance-misuse', 'high-risk-domestic-abuse'] });
    triaged(threshold).then(recorded(threshold), SocialCareReferralPrompted({ contactId, indicators: ['high-risk-domestic-abuse'] }));
  });

  it('FD-09 no prompt where the contact goes to Children’s Social Care anyway', () => {
    const threshold = judgement({ level: 'specialist', indicators: ['section-47-concern'] });
    triaged(threshold, 'childrens-social-care').then(recorded(threshold, 'childrens-social-care'));
  });

  it('FD-10 at the targeted level an assessment is expected, at the top of universal it may be, below it is not spoken of', () => {
    const suggested = (threshold: ReturnType<typeof judgement>) => {
      const decision = triaged(threshold).decision();
      return decision.outcome === 'accepted' ? decision.events.slice(1) : decision;
    };
    expect(suggested(judgement())).toEqual([AssessmentSuggested({ contactId, expectation: 'expected' })]);
    const universal = { level: 'universal' as const, indicators: ['basic-care-sometimes-inconsistent'] };
    expect(suggested(judgement({ ...universal, topOfLevel: true }))).toEqual([AssessmentSuggested({ contactId, expectation: 'possible' })]);
    expect(suggested(judgement(universal))).toEqual([]);
  });
});

describe('a MASH enquiry on the contact', () => {
  const conclude = {
    kind: 'ConcludeTriage',
    caseId: aCase,
    contactId,
    mashEnquiryId: enquiryId,
    outcome: 'childrens-social-care',
  } as const;

  it('FD-03 is asked for with the receipt that its hours run from', () =>
    given(contactReceived())
      .when(requestMashEnquiry(), asOfficer)
      .then(MashEnquiryRequested({ contactId, enquiryId: derivedId('mash-enquiry', contactId, '0'), receivedAt: received })));

  it('is asked for by a triage officer, once, before the triage', () => {
    given(contactReceived()).when(requestMashEnquiry()).refused('not-permitted');
    given(contactReceived(), mashEnquiryRequested())
      .when(requestMashEnquiry(), asOfficer)
      .refused('wrong-state', { see: { kind: 'mash-enquiry', id: enquiryId } });
    given(contactReceived(), contactTriaged('no-further-action')).when(requestMashEnquiry(), asOfficer).refused('wrong-state');
  });

  it('FD-02 its decision ends the triage; nobody decides beside it', () => {
    given(contactReceived(), mashEnquiryRequested()).when(triageContact(), asOfficer).refused('wrong-state');
    given(contactReceived(), mashEnquiryRequested())
      .when({ ...conclude, decidedBy: officer.user })
      .then(contactTriaged('childrens-social-care', { rationale: null, mashEnquiryId: enquiryId }));
  });

  it('only the enquiry that is open concludes', () => {
    given(contactReceived())
      .when({ ...conclude, decidedBy: officer.user })
      .refused('wrong-state');
    given(contactReceived(), mashEnquiryRequested())
      .when({ ...conclude, decidedBy: officer.user, mashEnquiryId: idOf('another') })
      .refused('wrong-state');
  });
});

describe('a contact that the hub gives back', () => {
  const giveBack = { kind: 'ReturnContactToMash', caseId: aCase, contactId, hubEnquiryId } as const;
  const atTheHub = [contactReceived(), contactTriaged('early-help-hub-enquiry')] as const;
  const returned = ContactReturnedToMash({ contactId, hubEnquiryId });

  it('FD-06 is with the MASH again', () =>
    given(...atTheHub)
      .when(giveBack)
      .then(returned));

  it('is given back only by the enquiry that had it', () => {
    given(contactReceived(), contactTriaged('advice-and-information')).when(giveBack).refused('wrong-state');
    given(...atTheHub, returned)
      .when(giveBack)
      .refused('wrong-state');
  });

  it('FD-02 is triaged again, and another hub enquiry would be another one', () => {
    given(...atTheHub, returned)
      .when(triageContact({ outcome: 'childrens-social-care' }), asOfficer)
      .then(contactTriaged('childrens-social-care'));
    given(...atTheHub, returned)
      .when(triageContact({ outcome: 'early-help-hub-enquiry' }), asOfficer)
      .then(contactTriaged('early-help-hub-enquiry', { hubEnquiryId: derivedId('hub-enquiry', contactId, '1') }));
  });
});

describe('telling whoever made the contact', () => {
  const organisation = contactReceived().data.organisation;
  const told = (data: Partial<Parameters<typeof ReferrerTold>[0]> = {}) =>
    ReferrerTold({
      contactId,
      outcome: 'advice-and-information',
      hubEnd: null,
      nextStep: 'advice-given',
      way: 'message-to-organisation',
      organisation,
      ...data,
    });

  it('FD-12 a professional is told the outcome and the next step, and no more', () =>
    given(contactReceived(), contactTriaged('advice-and-information')).when(tellReferrer()).then(told()));

  it('FD-12 after the hub, what the hub decided is told', () =>
    given(contactReceived(), contactTriaged('early-help-hub-enquiry'))
      .when(tellReferrer({ hubEnd: 'eha-recommended' }))
      .then(told({ outcome: 'early-help-hub-enquiry', hubEnd: 'eha-recommended', nextStep: 'assessment-recommended' })));

  it('FD-12 nothing is told while the outcome is not final', () => {
    given(contactReceived()).when(tellReferrer()).refused('wrong-state');
    given(contactReceived(), contactTriaged('early-help-hub-enquiry')).when(tellReferrer()).refused('wrong-state');
    given(contactReceived(), contactTriaged('early-help-hub-enquiry'))
      .when(tellReferrer({ hubEnd: 'back-to-mash' }))
      .refused('wrong-state');
  });

  it('FD-12 a member of the public is told where they left a way, or by whoever told them; else it is recorded that they could not be', () => {
    const from = (contactDetails: string | null) =>
      given(
        contactReceived({ source: 'public', organisation: null, referrer: { personId: idOf('neighbour'), name: null, contactDetails } }),
        contactTriaged('advice-and-information'),
      );
    from('01733 000000')
      .when(tellReferrer())
      .then(told({ way: 'reply-to-contact-details', organisation: null }));
    from(null)
      .when(tellReferrer({ way: 'in-person' }))
      .then(told({ way: 'in-person', organisation: null }));
    from(null)
      .when(tellReferrer())
      .then(ReferrerNotTold({ contactId, reason: 'no-way-to-reach-them' }));
  });

  it('FD-12 once: a person cannot tell it again, and a workflow that comes late has nothing to do', () => {
    const answered = given(contactReceived(), contactTriaged('advice-and-information'), told());
    answered.when(tellReferrer({ way: 'telephone' })).refused('wrong-state');
    answered.when(tellReferrer()).nothing();
  });
});
