import { describe, expect, it } from '@jest/globals';
import type { Accepted, DomainEvent } from '@waymark/kernel';
import { aCase, idOf, specification } from '@waymark/testing';
import {
  agency,
  amir,
  at,
  consentGiven,
  giveConsent,
  health,
  herself,
  karim,
  leila,
  maya,
  notice,
  parent,
  peterborough,
  school,
} from '../assessment.fixture.js';
import { deadlines } from '../common/deadlines.js';
import type { DecideSharing, JudgeCompetence, RefuseConsent, RenewConsent } from './commands.js';
import { CompetenceJudged } from './competence-events.js';
import { consent } from './consent.js';
import { ConsentRefused, ConsentSuspended, ConsentWithdrawn } from './events.js';
import { consentInForce } from './ledger.js';
import { NonSharingDecided, SharingDecided } from './sharing-events.js';

const ledger = specification(consent, peterborough);
const purpose = 'take-part-in-early-help';
const [first, second, third, fourth] = ['2026-03-09', '2026-03-16', '2026-03-23', '2026-03-30'].map((on) => at(`${on}T10:00:00Z`)) as [
  ReturnType<typeof at>,
  ReturnType<typeof at>,
  ReturnType<typeof at>,
  ReturnType<typeof at>,
];
/** Said at the second of four moments, entered at the last. */
const late = { occurredAt: second, now: fourth };
const on = <E extends object>(occurredAt: typeof first, event: E) => ({ ...event, occurredAt });

const leilas = on(first, consentGiven());
const anew = giveConsent({ consentId: idOf('anew') });
const withdrawn = (consentId = idOf('consent'), by = leila) => ConsentWithdrawn({ consentId, purpose, by, agencies: null, reason: null });
const explored = { reasons: 'They fear to be judged.', reassurance: 'It is theirs.', alternatives: 'The club.', askAgainOn: null };
const refused = (overrides: Partial<Parameters<typeof ConsentRefused>[0]> = {}) =>
  ConsentRefused({ refusalId: idOf('refusal'), giver: parent(leila), purpose, ...explored, ...overrides });
const refuse = (overrides: Partial<RefuseConsent> = {}) =>
  ({ kind: 'RefuseConsent', caseId: aCase, refusalId: idOf('late'), giver: parent(leila), purpose, ...explored, ...overrides }) as const;
const terms = { agencies: [school], notice, method: 'phone', until: null } as const;
const renew = (overrides: Partial<RenewConsent> = {}) =>
  ({ kind: 'RenewConsent', caseId: aCase, consentId: idOf('consent'), by: leila, ...terms, ...overrides }) as const;
const judged = (outcome: 'competent' | 'inconsistent', competenceId = idOf('judgement')) =>
  CompetenceJudged({ competenceId, childId: maya, factors: factors(outcome === 'competent'), outcome, judgedBy });
const judgedBy = { user: 'dana' as never, organisation: school };
const factors = (met: boolean) => Object.keys(peterborough.gillickFactors).map((factor) => ({ factor, met, reasoning: 'As discussed.' }));
const byMaya = giveConsent({ consentId: idOf('mayas'), giver: herself(), covers: [maya] });
const mayas = (restsOn: string | null = idOf('judgement'), dateOfBirth?: string) =>
  consentGiven({ consentId: idOf('mayas'), giver: herself(dateOfBirth), covers: [maya], restsOn: restsOn as never });
const ofAge = '2009-01-01';
const mayaRefused = refused({ refusalId: idOf('hers'), giver: herself(ofAge) });

describe('a consent that is entered late', () => {
  it('GEN-02 is taken as of its moment, with nothing said since', () => {
    const { subject } = ledger.given(leilas, on(first, withdrawn())).when(anew, late).state();
    expect(consentInForce(subject, purpose, second)?.consentId).toBe(idOf('anew'));
    ledger
      .given(on(first, refused()))
      .when(anew, late)
      .including(consentGiven({ consentId: idOf('anew') }));
  });

  it('GEN-02 CON-13 does not undo what the same person withdrew or refused after it, in part too, and whatever else they said before it', () => {
    ledger.given(leilas, on(third, withdrawn())).when(anew, late).refused('GEN-02', { field: 'occurredAt' });
    ledger.given(on(third, refused())).when(anew, late).refused('GEN-02', { field: 'occurredAt' });
    // In the moment in which it was given, so that no stretch of it is left.
    for (const agencies of [null, [health]])
      ledger
        .given(
          on(third, consentGiven()),
          on(third, ConsentWithdrawn({ consentId: idOf('consent'), purpose, by: leila, agencies, reason: null })),
        )
        .when(anew, late)
        .refused('GEN-02', { field: 'occurredAt' });
    ledger.given(leilas, on(third, withdrawn()), on(first, withdrawn())).when(anew, late).refused('GEN-02', { field: 'occurredAt' });
  });

  it('GEN-02 GEN-03 CON-13 does not undo a suspension after it', () => {
    const suspended = ConsentSuspended({ consentId: idOf('mayas'), purpose, competenceId: idOf('doubt') });
    const anewByMaya = { ...byMaya, consentId: idOf('anew') };
    const history = [on(first, judged('competent')), on(first, mayas()), on(third, suspended)];
    ledger
      .given(...history)
      .when(anewByMaya, late)
      .refused('GEN-02', { field: 'occurredAt' });
    ledger
      .given(...history.slice(0, 2))
      .when(anewByMaya, late)
      .including();
  });

  it('GEN-02 GEN-03 is taken whatever yes the same person gave since: one that was dated too late is put right, and for each child there is one', () => {
    const { subject } = ledger
      .given(on(third, consentGiven()))
      .when({ ...anew, agencies: [school] }, late)
      .state();
    expect(consentInForce(subject, purpose, second)?.consentId).toBe(idOf('anew'));
    expect(consentInForce(subject, purpose, fourth)?.consentId).toBe(idOf('consent'));
    const ofMaya = giveConsent({ consentId: idOf('of maya'), covers: [maya] });
    ledger
      .given(on(third, consentGiven({ covers: [amir] })))
      .when(ofMaya, late)
      .including(consentGiven({ consentId: idOf('of maya'), covers: [maya] }));
  });

  it('GEN-02 CON-09 CON-14 is taken whatever another person, or to another purpose the same one, said since', () => {
    ledger
      .given(
        on(third, refused({ giver: parent(karim) })),
        on(third, refused({ refusalId: idOf('request'), purpose: 'targeted-support-request' })),
      )
      .when(anew, late)
      .including(consentGiven({ consentId: idOf('anew') }));
  });

  it("CON-04 of a parent does not undo the young person's own refusal after it", () => {
    const ofBoth = giveConsent({ consentId: idOf('anew'), covers: [amir, maya] });
    ledger.given(on(third, mayaRefused)).when(ofBoth, late).refused('CON-04', { field: 'covers' });
    ledger
      .given(on(third, mayaRefused))
      .when(anew, late)
      .including(consentGiven({ consentId: idOf('anew') }));
  });

  it('CON-06 of a child is not taken when her understanding proved inconsistent after it', () => {
    const competent = on(first, judged('competent'));
    ledger.given(competent).when(byMaya, late).including(mayas());
    ledger
      .given(competent, on(third, judged('inconsistent', idOf('doubt'))))
      .when(byMaya, late)
      .refused('CON-06', { field: 'giver' });
  });
});

describe("a young person's own refusal", () => {
  const ofBoth = giveConsent({ covers: [amir, maya] });

  it('CON-04 stands after an agreement that she took back', () => {
    const agreed = on(second, mayas(null, ofAge));
    ledger
      .given(on(first, mayaRefused), agreed, on(third, withdrawn(idOf('mayas'), maya)))
      .when(ofBoth, { now: fourth })
      .refused('CON-04', { field: 'covers' });
    ledger
      .given(on(first, mayaRefused), agreed)
      .when(ofBoth, { now: fourth })
      .including(consentGiven({ covers: [amir, maya] }));
  });

  it('CON-04 CON-13 is as good as her withdrawal of what she had agreed to herself', () => {
    const agreed = on(first, mayas(null, ofAge));
    const tookBack = (agencies: readonly ReturnType<typeof agency>[] | null) =>
      on(second, ConsentWithdrawn({ consentId: idOf('mayas'), purpose, by: maya, agencies: agencies && [...agencies], reason: null }));
    ledger.given(agreed, tookBack(null)).when(ofBoth, { now: fourth }).refused('CON-04', { field: 'covers' });
    ledger.given(agreed, tookBack(null)).when(ofBoth, { occurredAt: first, now: fourth }).refused('CON-04', { field: 'covers' });
    // From one agency of several she took nothing back but that.
    ledger
      .given(agreed, tookBack([health]))
      .when(ofBoth, { now: fourth })
      .including(consentGiven({ covers: [amir, maya] }));
    const again = on(third, consentGiven({ consentId: idOf('again'), giver: herself(ofAge), covers: [maya] }));
    ledger
      .given(agreed, tookBack(null), again)
      .when(ofBoth, { now: fourth })
      .including(consentGiven({ covers: [amir, maya] }));
  });

  it('CON-04 CON-13 does not bind herself: who took back what she had agreed to for herself agrees anew, as a parent', () => {
    const parentOfAge = '1990-01-01';
    const own = on(first, consentGiven({ consentId: idOf('own'), giver: { ...herself(parentOfAge), personId: leila }, covers: [leila] }));
    const asParent = giveConsent({ covers: [leila, amir] });
    const history = [own, on(second, withdrawn(idOf('own')))];
    ledger
      .given(...history)
      .when(asParent, { now: fourth })
      .including(consentGiven({ covers: [leila, amir] }));
    ledger
      .given(on(first, consentGiven({ covers: [leila, amir] })), ...history)
      .when(renew(), { now: fourth })
      .state();
    // Nor does another agree in her place.
    ledger
      .given(...history)
      .when({ ...asParent, giver: parent(karim) }, { now: fourth })
      .refused('CON-04', { field: 'covers' });
  });

  it('CON-04 CON-06 is a withdrawal at the beginning of her agreement, and none is a suspension there', () => {
    const agreed = [on(first, judged('competent')), on(second, mayas())];
    const suspended = ConsentSuspended({ consentId: idOf('mayas'), purpose, competenceId: idOf('doubt') });
    ledger
      .given(...agreed, on(second, suspended))
      .when(ofBoth, { now: fourth })
      .including(consentGiven({ covers: [amir, maya] }));
    ledger
      .given(...agreed, on(second, withdrawn(idOf('mayas'), maya)))
      .when(ofBoth, { now: fourth })
      .refused('CON-04', { field: 'covers' });
  });

  it('CON-04 is none where what she agreed to ended as it was agreed', () => {
    const ended = on(first, consentGiven({ consentId: idOf('mayas'), giver: herself(ofAge), covers: [maya], until: second }));
    ledger
      .given(ended)
      .when(ofBoth, { now: fourth })
      .including(consentGiven({ covers: [amir, maya] }));
  });

  it('CON-04 stands whatever earlier one is entered after it', () => {
    const earlier = refused({ refusalId: idOf('earlier'), giver: herself(ofAge) });
    ledger
      .given(on(second, mayas(null, ofAge)), on(third, mayaRefused), on(first, earlier))
      .when(ofBoth, { now: fourth })
      .refused('CON-04', { field: 'covers' });
  });

  it("CON-04 is not undone by renewing a parent's consent that covers her", () => {
    const both = on(first, consentGiven({ covers: [amir, maya] }));
    ledger.given(both, on(second, mayaRefused)).when(renew(), { now: fourth }).refused('CON-04', { field: 'consentId' });
    ledger.given(leilas, on(second, mayaRefused)).when(renew(), { now: fourth }).state();
  });
});

describe('a renewal that is entered late', () => {
  it('GEN-02 CON-13 does not undo what its giver said after it in another entry', () => {
    ledger.given(leilas).when(renew(), late).state();
    ledger.given(leilas, on(third, refused())).when(renew(), late).refused('GEN-02', { field: 'occurredAt' });
  });

  it('CON-06 of a child is not taken when her understanding proved inconsistent after it', () => {
    // Withdrawn before the doubt, so that nothing was suspended.
    const before = [on(first, judged('competent')), on(first, mayas()), on(second, withdrawn(idOf('mayas'), maya))];
    const renewal = renew({ consentId: idOf('mayas'), by: maya });
    ledger
      .given(...before)
      .when(renewal, late)
      .state();
    ledger
      .given(...before, on(third, judged('inconsistent', idOf('doubt'))))
      .when(renewal, late)
      .refused('CON-06', { field: 'giver' });
  });
});

describe('a refusal that is entered late', () => {
  it('GEN-02 is taken, and leaves a consent given after it as it is', () => {
    const { subject } = ledger.given(on(third, consentGiven())).when(refuse(), late).state();
    expect(consentInForce(subject, purpose, fourth)?.giver).toBe(leila);
    expect(subject.refusals).toHaveLength(1);
  });

  it('CON-10 GEN-02 is no answer to what was to be asked again after it', () => {
    const again = { deadlineId: idOf<never>('again'), rule: 'CON-10', about: idOf('refusal') } as const;
    const set = deadlines.DeadlineSet({ ...again, dueAt: at('2026-04-30T22:59:59.999Z'), remindAt: at('2026-04-29T23:00:00Z') });
    const met = deadlines.DeadlineMet({ ...again, late: false });
    ledger.given(on(first, refused()), on(first, set)).when(refuse(), late).including(met);
    const { events } = ledger.given(on(third, refused()), on(third, set)).when(refuse(), late).decision() as Accepted<DomainEvent>;
    expect(events).not.toContainEqual(met);
  });
});

describe('a judgement of competence that is entered late', () => {
  const doubt: Omit<JudgeCompetence, 'meta'> = {
    ...{ kind: 'JudgeCompetence', caseId: aCase, competenceId: idOf('doubt'), childId: maya, factors: factors(false) },
    ...{ outcome: 'inconsistent', judgedBy },
  };
  const doubted = judged('inconsistent', idOf('doubt'));
  const suspended = ConsentSuspended({ consentId: idOf('mayas'), purpose, competenceId: idOf('doubt') });

  it('CON-06 suspends what rested on an earlier one, given after it too', () => {
    ledger
      .given(on(first, judged('competent')), on(third, mayas()))
      .when(doubt, late)
      .then(doubted, on(third, suspended));
  });

  it('GEN-02 CON-06 leaves what rests on a judgement after it', () => {
    ledger
      .given(on(third, judged('competent')), on(third, mayas()))
      .when(doubt, late)
      .then(doubted);
  });

  it('GEN-02 CON-04 leaves what she agreed to at 16', () => {
    const birthday = '2010-03-20';
    ledger
      .given(on(third, mayas(null, birthday)))
      .when(doubt, late)
      .then(doubted);
  });
});

describe('a decision about sharing that is entered late', () => {
  const decision = {
    ...{ decisionId: idOf('decision'), what: 'The injuries.', why: 'Harm is likely.', about: [amir], agencies: [agency('police')] },
    ...{ basis: 'safeguarding-children', viewsSought: 'His mother objects.' },
  };
  const share = (overrides: Partial<DecideSharing> = {}) => ({ kind: 'DecideSharing', caseId: aCase, ...decision, ...overrides }) as const;
  const notTo = NonSharingDecided({ ...decision, decisionId: idOf('not') });

  it('GEN-02 CON-12 to share does not overrule one not to share after it, about the same person with the same agency', () => {
    ledger.given(on(third, notTo)).when(share(), late).refused('GEN-02', { field: 'occurredAt' });
    ledger.given(on(third, notTo)).when(share(), { now: fourth }).then(SharingDecided(decision));
  });

  it('GEN-02 is taken with nothing decided since about the same person with the same agency', () => {
    ledger.given(on(first, notTo)).when(share(), late).then(SharingDecided(decision));
    ledger
      .given(on(third, notTo))
      .when(share({ about: [leila] }), late)
      .including();
    ledger
      .given(on(third, notTo))
      .when(share({ agencies: [health] }), late)
      .including();
    ledger
      .given(on(third, SharingDecided({ ...decision, decisionId: idOf('yes') })))
      .when({ ...share(), kind: 'DecideNotToShare' }, late)
      .including();
  });
});
