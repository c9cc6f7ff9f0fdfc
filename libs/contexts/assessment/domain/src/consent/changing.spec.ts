import { describe, expect, it } from '@jest/globals';
import { agenciesReached } from '@waymark/consent';
import { ERASED } from '@waymark/kernel';
import { aCase, idOf, specification } from '@waymark/testing';
import {
  agency,
  at,
  consentGiven,
  health,
  herself,
  housing,
  karim,
  leila,
  maya,
  notice,
  parent,
  peterborough,
  school,
} from '../assessment.fixture.js';
import type { JudgeCompetence, RenewConsent, WithdrawConsent } from './commands.js';
import { CompetenceJudged } from './competence-events.js';
import { consent } from './consent.js';
import { ConsentRenewed, ConsentSuspended, ConsentWithdrawn } from './events.js';
import { consentInForce, isSuspended, reachOf } from './ledger.js';

const ledger = specification(consent, peterborough);
const given = at('2026-03-09T10:00:00Z');
const later = at('2026-05-12T09:00:00Z');
const purpose = 'take-part-in-early-help';
const first = { ...consentGiven(), occurredAt: given };
const which = { caseId: aCase, consentId: idOf('consent'), by: leila } as const;
const withdraw = (overrides: Partial<WithdrawConsent> = {}) =>
  ({ kind: 'WithdrawConsent', ...which, agencies: null, reason: null, ...overrides }) as const;
const renew = (overrides: Partial<RenewConsent> = {}) =>
  ({ kind: 'RenewConsent', ...which, agencies: [school, health, housing], notice, method: 'phone', until: null, ...overrides }) as const;
const withdrawn = (agencies: ReturnType<typeof agency>[] | null, by = leila) =>
  ConsentWithdrawn({ consentId: idOf('consent'), purpose, by, agencies, reason: null });

describe('withdrawing consent', () => {
  it('CON-13 a withdrawal is in force at once', () => {
    const { subject } = ledger.given(first).when(withdraw(), { now: later }).state();
    expect(consentInForce(subject, purpose, at('2026-05-12T08:59:59.999Z'))?.consentId).toBe(idOf('consent'));
    expect(consentInForce(subject, purpose, later)).toBeUndefined();
  });

  it('CON-13 it can be withdrawn for one agency, and goes on for the others', () => {
    ledger
      .given(first)
      .when(withdraw({ agencies: [housing] }), { now: later })
      .then(withdrawn([housing]));
    const { subject } = ledger
      .given(first)
      .when(withdraw({ agencies: [housing] }), { now: later })
      .state();
    expect(agenciesReached(subject, later)).toEqual([school, health].toSorted());
    expect(reachOf(subject, housing)).toEqual([{ from: given, until: later }]);
  });

  it('CON-13 what does not hold cannot be withdrawn', () => {
    const ended = { ...withdrawn(null), occurredAt: later };
    ledger.given(first, ended).when(withdraw(), { now: later }).refused('wrong-state', { field: 'consentId' });
    ledger
      .given(first)
      .when(withdraw({ agencies: [agency('police')] }), { now: later })
      .refused('wrong-state', { field: 'agencies' });
    ledger.given().when(withdraw(), { now: later }).refused('unknown', { field: 'consentId' });
  });

  it('CON-09 nobody withdraws what another gave', () => {
    ledger
      .given(first)
      .when(withdraw({ by: karim }), { now: later })
      .refused('CON-09', { field: 'by' });
  });

  it("CON-09 where two have consented, one's withdrawal leaves the other's", () => {
    const karims = { ...consentGiven({ consentId: idOf('karims'), giver: parent(karim), agencies: [school] }), occurredAt: given };
    const { subject } = ledger.given(first, karims).when(withdraw(), { now: later }).state();
    expect(agenciesReached(subject, later)).toEqual([school]);
  });

  it('CON-03 a consent with an end does not hold from then on', () => {
    const { subject } = ledger
      .given({ ...consentGiven({ until: later }), occurredAt: given })
      .when(withdraw({ agencies: [housing] }), { now: given })
      .state();
    expect(agenciesReached(subject, at('2026-05-12T08:59:59.999Z'))).toEqual([school, health].toSorted());
    expect(agenciesReached(subject, later)).toEqual([]);
  });
});

describe('renewing consent', () => {
  it('CON-02 a renewal goes through the notice again', () => {
    ledger
      .given(first)
      .when(renew({ notice: { ...notice, understood: false } }), { now: later })
      .refused('CON-02', { field: 'notice.understood' });
    ledger
      .given(first)
      .when(renew(), { now: later })
      .then(
        ConsentRenewed({
          consentId: idOf('consent'),
          purpose,
          agencies: [school, health, housing],
          notice,
          method: 'phone',
          until: null,
          restsOn: null,
        }),
      );
  });

  it('CON-13 a renewal is not entered before what happened since', () => {
    const ended = { ...withdrawn(null), occurredAt: later };
    ledger
      .given(first, ended)
      .when(renew(), { now: later, occurredAt: at('2026-05-12T08:00:00Z') })
      .refused('wrong-state', { field: 'occurredAt' });
  });

  it('CON-09 nobody renews what another gave', () => {
    ledger
      .given(first)
      .when(renew({ by: karim }), { now: later })
      .refused('CON-09', { field: 'by' });
  });
});

const factors = (met = true) => Object.keys(peterborough.gillickFactors).map((factor) => ({ factor, met, reasoning: 'As discussed.' }));
const judgement = {
  competenceId: idOf('judgement'),
  childId: maya,
  factors: factors(),
  outcome: 'competent',
  judgedBy: { user: 'dana' as never, organisation: school },
} as const;
const judge = (overrides: Partial<JudgeCompetence> = {}) =>
  ({ kind: 'JudgeCompetence', caseId: aCase, ...judgement, ...overrides }) as const;

describe('judging competence', () => {
  it('CON-05 covers all six factors', () => {
    ledger.given().when(judge()).then(CompetenceJudged(judgement));
  });

  it('CON-05 on five factors is none', () => {
    ledger
      .given()
      .when(judge({ factors: factors().slice(1) }))
      .refused('CON-05', { field: 'factors' });
  });

  it('CON-05 judges each factor once', () => {
    ledger
      .given()
      .when(judge({ factors: [...factors(), ...factors().slice(0, 1)] }))
      .refused('CON-05', { field: 'factors' });
  });

  it('CON-05 a child for whom a factor is not met is not competent', () => {
    ledger
      .given()
      .when(judge({ factors: factors(false) }))
      .refused('CON-05', { field: 'outcome' });
    ledger
      .given()
      .when(judge({ factors: factors(false), outcome: 'not-competent' }))
      .then(CompetenceJudged({ ...judgement, factors: factors(false), outcome: 'not-competent' }));
  });
});

describe("a child's own consent", () => {
  const mayas = {
    ...consentGiven({ consentId: idOf('mayas'), giver: herself(), covers: [maya], agencies: [school], restsOn: idOf('judgement') }),
    occurredAt: given,
  };
  const doubt = judge({ competenceId: idOf('doubt'), factors: factors(false), outcome: 'inconsistent' });
  const doubted = CompetenceJudged({ ...judgement, competenceId: idOf('doubt'), factors: factors(false), outcome: 'inconsistent' });
  const suspended = ConsentSuspended({ consentId: idOf('mayas'), purpose, competenceId: idOf('doubt') });
  const competent = { ...CompetenceJudged(judgement), occurredAt: given };

  it('CON-06 is suspended when her understanding proves inconsistent', () => {
    ledger.given(competent, mayas).when(doubt, { now: later }).then(doubted, suspended);
    const { subject } = ledger.given(competent, mayas).when(doubt, { now: later }).state();
    expect(agenciesReached(subject, later)).toEqual([]);
    expect(isSuspended(subject, purpose, later)).toBe(true);
  });

  it('CON-06 a judgement that finds her competent suspends nothing', () => {
    ledger
      .given(competent, mayas)
      .when(judge({ competenceId: idOf('again') }), { now: later })
      .then(CompetenceJudged({ ...judgement, competenceId: idOf('again') }));
  });

  it('CON-06 is not suspended where it does not rest on her competence any more: she is 16', () => {
    ledger
      .given(competent, mayas)
      .when(doubt, { now: at('2026-06-01T09:00:00Z') })
      .then(doubted);
  });

  it("CON-06 a judgement leaves a parent's consent as it is", () => {
    ledger.given(competent, mayas, first).when(doubt, { now: later }).then(doubted, suspended);
    const { subject } = ledger.given(competent, mayas, first).when(doubt, { now: later }).state();
    expect(isSuspended(subject, purpose, later)).toBe(false);
    expect(consentInForce(subject, purpose, later)?.giver).toBe(leila);
  });

  it('CON-06 is renewed only once she is judged competent again', () => {
    const since = [competent, mayas, { ...doubted, occurredAt: later }, { ...suspended, occurredAt: later }];
    const renewal = renew({ consentId: idOf('mayas'), by: maya, agencies: [school] });
    const now = at('2026-05-20T09:00:00Z');
    ledger
      .given(...since)
      .when(renewal, { now })
      .refused('CON-06', { field: 'giver' });
    const again = { ...CompetenceJudged({ ...judgement, competenceId: idOf('again') }), occurredAt: at('2026-05-19T09:00:00Z') };
    const { subject } = ledger
      .given(...since, again)
      .when(renewal, { now })
      .state();
    expect(reachOf(subject, school)).toEqual([
      { from: given, until: later },
      { from: now, until: null },
    ]);
    expect(isSuspended(subject, purpose, now)).toBe(false);
  });

  it('CON-04 cannot be renewed once her date of birth was erased, and what it reached stays on record', () => {
    const erased = {
      ...consentGiven({ consentId: idOf('mayas'), giver: { ...herself(), dateOfBirth: ERASED }, agencies: [school] }),
      occurredAt: given,
    };
    const { subject } = ledger
      .given(erased)
      .when(withdraw({ consentId: idOf('mayas'), by: maya }), { now: later })
      .state();
    expect(reachOf(subject, school)).toEqual([{ from: given, until: later }]);
    ledger
      .given(erased)
      .when(renew({ consentId: idOf('mayas'), by: maya }), { now: later })
      .refused('CON-04');
  });
});
