import { describe, expect, it } from '@jest/globals';
import { day } from '@waymark/kernel';
import { aCase, idOf, specification } from '@waymark/testing';
import { at, consentGiven, giveConsent, herself, karim, leila, parent, peterborough } from '../assessment.fixture.js';
import { deadlines } from '../common/deadlines.js';
import { prompt, SafetyConcernRaised } from '../common/prompts.js';
import type { RefuseConsent } from './commands.js';
import { consent } from './consent.js';
import { ConsentRefused, EffortToReachRecorded, OtherParentRecorded, RiskOnRefusalJudged } from './events.js';
import { consentInForce, evidenceOf } from './ledger.js';

const ledger = specification(consent, peterborough);
const now = at('2026-03-09T10:00:00Z');
const terms = {
  refusalId: idOf('refusal'),
  giver: parent(leila),
  purpose: 'take-part-in-early-help',
  reasons: 'They fear to be judged.',
  reassurance: 'It is their assessment.',
  alternatives: 'The breakfast club.',
  askAgainOn: day('2026-03-30'),
} as const;
const refuse = (overrides: Partial<RefuseConsent> = {}) => ({ kind: 'RefuseConsent', caseId: aCase, ...terms, ...overrides }) as const;
const refused = (overrides: Partial<typeof terms> | { giver: ReturnType<typeof parent> } = {}) =>
  ConsentRefused({ ...terms, ...overrides });
const askAgain = deadlines.DeadlineSet;

describe('refusing consent', () => {
  it('CON-10 a refusal records reasons, reassurance and alternatives, and when to ask again', () => {
    const { events } = accepted(ledger.given().when(refuse(), { now }).decision());
    expect(events.map(({ type }) => type)).toEqual([
      'assessment.ConsentRefused.v1',
      'assessment.DeadlineSet.v1',
      'assessment.PromptRaised.v1',
    ]);
    expect(events[0]).toEqual(refused());
    expect(events[1]?.data).toMatchObject({ rule: 'CON-10', about: idOf('refusal'), dueAt: at('2026-03-30T22:59:59.999Z') });
    expect(events[2]).toEqual(prompt('judge-risk', idOf('refusal')));
  });

  it('CON-10 what was not explored is prompted for, and the refusal counts', () => {
    ledger
      .given()
      .when(refuse({ reasons: null, askAgainOn: null }), { now })
      .then(
        ConsentRefused({ ...terms, reasons: null, askAgainOn: null }),
        prompt('explore-refusal', idOf('refusal')),
        prompt('judge-risk', idOf('refusal')),
      );
  });

  it('CON-10 an answer given later meets the day to ask again', () => {
    const { deadlineId } = deadlineOf(ledger.given().when(refuse(), { now }).decision());
    const set = askAgain({
      deadlineId,
      rule: 'CON-10',
      about: idOf('refusal'),
      dueAt: at('2026-03-30T22:59:59.999Z'),
      remindAt: at('2026-03-29T23:00:00Z'),
    });
    ledger
      .given(refused(), set)
      .when(giveConsent(), { now: at('2026-03-30T10:00:00Z') })
      .then(consentGiven(), deadlines.DeadlineMet({ deadlineId, rule: 'CON-10', about: idOf('refusal'), late: false }));
  });

  it('CON-10 a day to ask again lies ahead', () => {
    ledger
      .given()
      .when(refuse({ askAgainOn: day('2026-03-09') }), { now })
      .refused('invalid', { field: 'askAgainOn' });
  });

  it("CON-09 another person's refusal does not undo consent", () => {
    const { subject } = ledger
      .given(consentGiven())
      .when(refuse({ giver: parent(karim) }), { now })
      .state();
    expect(consentInForce(subject, 'take-part-in-early-help', now)?.giver).toBe(leila);
    expect(subject.refusals.map(({ giver }) => giver)).toEqual([karim]);
  });

  it('CON-05 a child under 16 refuses for themself only when judged competent', () => {
    ledger
      .given()
      .when(refuse({ giver: herself() }), { now })
      .refused('CON-05', { field: 'giver' });
    ledger
      .given()
      .when(refuse({ giver: herself('2009-01-01') }), { now })
      .including(ConsentRefused({ ...terms, giver: herself('2009-01-01') }));
  });

  it('CON-11 where significant harm is likely, a referral to the MASH is prompted', () => {
    const judge = { kind: 'JudgeRiskOnRefusal', caseId: aCase, refusalId: idOf('refusal'), rationale: 'Three injuries.' } as const;
    const judged = (significantHarmLikely: boolean) =>
      RiskOnRefusalJudged({ refusalId: idOf('refusal'), significantHarmLikely, rationale: 'Three injuries.' });
    ledger
      .given(refused())
      .when({ ...judge, significantHarmLikely: true })
      .then(judged(true), prompt('refer-to-mash', idOf('refusal')));
    ledger
      .given(refused())
      .when({ ...judge, significantHarmLikely: false })
      .then(judged(false));
    ledger
      .given()
      .when({ ...judge, significantHarmLikely: true })
      .refused('unknown', { field: 'refusalId' });
  });
});

describe('the other parent', () => {
  const effort = {
    kind: 'RecordEffortToReach',
    caseId: aCase,
    personId: karim,
    method: 'phone',
    outcome: 'He will think about it.',
  } as const;

  it('CON-09 efforts to reach the other person with parental responsibility are recorded', () => {
    const made = EffortToReachRecorded({ personId: karim, method: 'phone', outcome: 'He will think about it.' });
    ledger
      .given(OtherParentRecorded({ personId: karim }))
      .when(effort)
      .then(made);
    const { subject } = ledger
      .given(OtherParentRecorded({ personId: karim }))
      .when(effort)
      .state();
    expect(evidenceOf(subject, 2, now).otherParents).toEqual([{ personId: karim, consented: false, efforts: 1 }]);
  });

  it('CON-09 an effort is about somebody who was recorded, once', () => {
    ledger.given().when(effort).refused('unknown', { field: 'personId' });
    ledger
      .given(OtherParentRecorded({ personId: karim }))
      .when({ kind: 'RecordOtherParent', caseId: aCase, personId: karim })
      .refused('wrong-state', { field: 'personId' });
  });

  it('CON-09 the other parent may join at any time', () => {
    const joins = giveConsent({ consentId: idOf('karims'), giver: parent(karim) });
    const { subject } = ledger
      .given(consentGiven(), OtherParentRecorded({ personId: karim }))
      .when(joins, { now })
      .state();
    expect(evidenceOf(subject, 3, now).otherParents).toEqual([{ personId: karim, consented: true, efforts: 0 }]);
  });
});

it('FD-11 a safeguarding concern is answered with the route at once, before any consent', () => {
  const concern = { concernId: idOf('concern'), personId: leila, concern: 'A threat was made.' };
  ledger
    .given()
    .when({ kind: 'RaiseSafetyConcern', caseId: aCase, ...concern })
    .then(SafetyConcernRaised(concern), prompt('follow-safeguarding-procedure', idOf('concern')));
});

type Decided = ReturnType<typeof consent.decide>;

function accepted(decision: Decided) {
  if (decision.outcome === 'refused') throw new Error(decision.message);
  return decision;
}

function deadlineOf(decision: Decided) {
  const set = accepted(decision).events.find(({ type }) => type === 'assessment.DeadlineSet.v1');
  return set?.data as ReturnType<typeof askAgain>['data'];
}
