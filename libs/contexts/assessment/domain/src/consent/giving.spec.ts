import { describe, expect, it } from '@jest/globals';
import { day, ERASED } from '@waymark/kernel';
import { aCase, idOf, specification } from '@waymark/testing';
import { agency, amir, at, consentGiven, giveConsent, herself, karim, maya, notice, parent, peterborough } from '../assessment.fixture.js';
import { prompt } from '../common/prompts.js';
import { CompetenceJudged, ParentInvolvementExplored } from './competence-events.js';
import { consent } from './consent.js';
import { ConsentRefused } from './events.js';
import { consentInForce } from './ledger.js';

const ledger = specification(consent, peterborough);
const now = at('2026-03-09T10:00:00Z');

const judged = (outcome: 'competent' | 'not-competent' | 'inconsistent', competenceId = idOf('judgement')) =>
  CompetenceJudged({
    competenceId,
    childId: maya,
    factors: Object.keys(peterborough.gillickFactors).map((factor) => ({
      factor,
      met: outcome === 'competent',
      reasoning: 'As discussed.',
    })),
    outcome,
    judgedBy: { user: 'dana' as never, organisation: agency('fenbank-primary') },
  });
const byMaya = (dateOfBirth?: string) => giveConsent({ consentId: idOf('mayas'), giver: herself(dateOfBirth), covers: [maya] });

describe('giving consent', () => {
  it('CON-02 consent counts when the notice was shared, read, understood and agreed', () => {
    ledger.given().when(giveConsent()).then(consentGiven());
  });

  it.each(['shared', 'read', 'understood', 'agreed'] as const)('CON-02 it does not count when the notice was not %s', (step) => {
    ledger
      .given()
      .when(giveConsent({ notice: { ...notice, [step]: false } }))
      .refused('CON-02', { field: `notice.${step}` });
  });

  it('CON-02 the version of the notice is one that the pack knows', () => {
    ledger
      .given()
      .when(giveConsent({ notice: { ...notice, version: 'v9' } }))
      .refused('CON-02', { field: 'notice.version' });
  });

  it('CON-02 a notice cannot have been read before it was issued', () => {
    const early = { now: at('2026-03-09T10:00:00Z'), occurredAt: at('2025-05-31T10:00:00Z') };
    ledger.given().when(giveConsent(), early).refused('CON-02', { field: 'notice.version' });
    ledger
      .given()
      .when(giveConsent({ notice: { ...notice, version: 'v2' } }), early)
      .including();
  });

  it('CON-03 consent names whom it reaches, whom it covers, and an end that lies ahead', () => {
    ledger
      .given()
      .when(giveConsent({ agencies: [] }))
      .refused('CON-03', { field: 'agencies' });
    ledger
      .given()
      .when(giveConsent({ covers: [] }))
      .refused('CON-03', { field: 'covers' });
    ledger
      .given()
      .when(giveConsent({ covers: [amir, amir] }))
      .refused('CON-03', { field: 'covers' });
    ledger
      .given()
      .when(giveConsent({ until: now }), { now })
      .refused('CON-03', { field: 'until' });
    ledger
      .given()
      .when(giveConsent({ until: at('2026-09-09T10:00:00Z') }), { now })
      .then(consentGiven({ until: at('2026-09-09T10:00:00Z') }));
  });

  it('CON-03 a consent is in the ledger once', () => {
    ledger.given(consentGiven()).when(giveConsent()).refused('wrong-state', { field: 'consentId' });
  });

  it('CON-09 the consent of one person with parental responsibility is enough', () => {
    const refused = ConsentRefused({
      refusalId: idOf('refusal'),
      giver: parent(karim),
      purpose: 'take-part-in-early-help',
      reasons: null,
      reassurance: null,
      alternatives: null,
      askAgainOn: null,
    });
    ledger.given(refused).when(giveConsent()).then(consentGiven());
  });

  it('CON-09 a partner without parental responsibility does not consent in their place', () => {
    ledger
      .given()
      .when(giveConsent({ giver: { personId: karim, capacity: 'other', dateOfBirth: null } }))
      .refused('CON-09', { field: 'giver.capacity' });
  });

  it('CON-14 a consent to take part is none to a request for Targeted Support', () => {
    const { subject } = ledger.given().when(giveConsent(), { now }).state();
    expect(consentInForce(subject, 'take-part-in-early-help', now)?.consentId).toBe(idOf('consent'));
    expect(consentInForce(subject, 'targeted-support-request', now)).toBeUndefined();
  });

  it.each(Object.keys(peterborough.separateConsents))('CON-14 a consent of its own can be given: %s', (purpose) => {
    ledger.given().when(giveConsent({ purpose })).then(consentGiven({ purpose }));
  });

  it('CON-14 a purpose that the pack does not list is unknown', () => {
    ledger
      .given()
      .when(giveConsent({ purpose: 'anything-else' }))
      .refused('unknown', { field: 'purpose' });
  });
});

describe('a young person', () => {
  it('CON-04 of 16 consents alone, with no judgement of competence', () => {
    ledger
      .given()
      .when(byMaya('2010-03-09'), { now })
      .then(consentGiven({ ...byMayaData('2010-03-09'), restsOn: null }));
  });

  it('CON-04 who answers on their own behalf has a date of birth', () => {
    const giver = { ...herself(), dateOfBirth: null };
    ledger
      .given()
      .when(giveConsent({ giver, covers: [maya] }))
      .refused('CON-04', { field: 'giver.dateOfBirth' });
    ledger.given().when(byMaya('2026-03-10'), { now }).refused('CON-04', { field: 'giver.dateOfBirth' });
  });

  it('CON-04 consents for themself and for nobody else', () => {
    ledger
      .given()
      .when(giveConsent({ giver: herself('2009-01-01'), covers: [maya, amir] }))
      .refused('CON-04', { field: 'covers' });
  });

  it("CON-04 a parent's consent does not undo a young person's own refusal, but a later consent of their own does", () => {
    const refusal = refusedByMaya();
    const byLeila = giveConsent({ covers: [amir, maya] });
    ledger.given(refusal).when(byLeila, { now }).refused('CON-04', { field: 'covers' });
    ledger
      .given(refusal)
      .when(giveConsent({ covers: [amir] }), { now })
      .including(consentGiven());
    const agreedSince = { ...consentGiven({ ...byMayaData('2009-01-01') }), occurredAt: at('2026-03-08T10:00:00Z') };
    ledger
      .given(refusal, agreedSince)
      .when(byLeila, { now })
      .including(consentGiven({ covers: [amir, maya] }));
  });

  it('CON-04 B3 an erased capacity overrules nobody: the refusal counts as their own, the agreement does not', () => {
    const byLeila = giveConsent({ covers: [amir, maya] });
    const erased = { personId: maya, capacity: ERASED, dateOfBirth: ERASED };
    const refusal = refusedByMaya();
    const unreadable = { ...refusal, data: { ...refusal.data, giver: erased } };
    ledger.given(unreadable).when(byLeila, { now }).refused('CON-04', { field: 'covers' });
    const agreed = { ...consentGiven({ ...byMayaData('2009-01-01'), giver: erased }), occurredAt: at('2026-03-08T10:00:00Z') };
    ledger.given(refusal, agreed).when(byLeila, { now }).refused('CON-04', { field: 'covers' });
  });

  it('CON-05 under 16 does not consent unless judged competent', () => {
    ledger.given().when(byMaya('2010-03-10'), { now }).refused('CON-05', { field: 'giver' });
    ledger
      .given(judged('competent'), ParentInvolvementExplored({ childId: maya, parentInvolved: true, reasons: null, helpOffered: null }))
      .when(byMaya('2010-03-10'), { now })
      .then(consentGiven({ ...byMayaData('2010-03-10'), restsOn: idOf('judgement') }));
  });

  it('CON-06 judged not competent is answered for by a person with parental responsibility', () => {
    ledger.given(judged('not-competent')).when(byMaya(), { now }).refused('CON-06', { field: 'giver' });
    ledger
      .given(judged('not-competent'))
      .when(giveConsent({ covers: [maya] }), { now })
      .then(consentGiven({ covers: [maya] }));
  });

  it('CON-08 under 16 is encouraged to involve a parent, unless that was explored', () => {
    ledger
      .given(judged('competent'))
      .when(byMaya(), { now })
      .including(prompt('involve-parents', idOf('mayas')));
    const explored = { kind: 'RecordParentInvolvement', caseId: aCase, childId: maya, parentInvolved: false } as const;
    ledger
      .given()
      .when({ ...explored, reasons: 'She fears a quarrel.', helpOffered: 'We offered to speak with them.' })
      .then(
        ParentInvolvementExplored({
          childId: maya,
          parentInvolved: false,
          reasons: 'She fears a quarrel.',
          helpOffered: 'We offered to speak with them.',
        }),
      );
  });
});

function byMayaData(dateOfBirth: string) {
  return { consentId: idOf('mayas'), giver: herself(dateOfBirth), covers: [maya] };
}

function refusedByMaya() {
  const refusal = ConsentRefused({
    refusalId: idOf('her refusal'),
    giver: { personId: maya, capacity: 'own-behalf', dateOfBirth: day('2009-01-01') },
    purpose: 'take-part-in-early-help',
    reasons: null,
    reassurance: null,
    alternatives: null,
    askAgainOn: null,
  });
  return { ...refusal, occurredAt: at('2026-03-07T10:00:00Z') };
}
