import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantFromMs, type Instant, type PersonId } from '@waymark/kernel';
import { idOf } from '@waymark/testing';
import { ledgerOf, withFact, type ConsentFact, type FactAt } from './facts.js';
import { mayUse, safeguarding, type Ask } from './may-use.js';
import { agencies, consents, lastMoment, Model, persons, purposes, type Entry, type Question } from './model.fixture.js';

const moment = (at: number): Instant => instantFromMs(Date.UTC(2026, 2, 9) + at * 60_000);
const [school, health, housing] = agencies as [never, never, never];
const [leila, karim, amir] = persons as [PersonId, PersonId, PersonId];
const [takingPart, request] = purposes as [string, string];

const at = fc.integer({ min: 0, max: lastMoment });
const some = <T>(of: readonly T[]) => fc.subarray([...of], { minLength: 1 });
const span = fc
  .record({ from: at, lasts: fc.option(fc.integer({ min: 1, max: 20 })) })
  .map(({ from, lasts }) => ({ from, until: lasts === null ? null : from + lasts }));
const which = fc.integer({ min: 0, max: consents.length - 1 });

/** A consent says once what it is for and whom it covers; a further giving renews it. */
const terms = fc.array(fc.record({ purpose: fc.constantFrom(...purposes), covers: some(persons) }), { minLength: 3, maxLength: 3 });
const entries: fc.Arbitrary<readonly Entry[]> = terms.chain((said) =>
  fc.array(
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc
          .record({ consent: which, agencies: some(agencies), span })
          .map(({ consent, span: when, ...rest }): Entry => ({ what: 'give', consent, ...said[consent]!, ...rest, ...when })),
      },
      {
        weight: 4,
        arbitrary: fc.record({
          what: fc.constantFrom('withdraw' as const, 'suspend' as const),
          consent: which,
          agencies: fc.option(some(agencies)),
          at,
        }),
      },
      fc.record({ what: fc.constant('refuse' as const), purpose: fc.constantFrom(...purposes) }),
      fc
        .record({ about: some(persons), agencies: some(agencies), span })
        .map(({ span: when, ...rest }): Entry => ({ what: 'decide-to-share', ...rest, ...when })),
    ),
    { maxLength: 14 },
  ),
);

const end = (until: number | null): Instant | null => (until === null ? null : moment(until));

/** What is published of an entry; a refusal undoes nobody's consent, and the ledger does not hear of it. */
const factOf = (entry: Entry, index: number): ConsentFact | undefined => {
  switch (entry.what) {
    case 'give': {
      const { consent, purpose, covers, agencies: reached, from, until } = entry;
      return {
        kind: 'given',
        consentId: consents[consent]!,
        giver: leila,
        purpose,
        covers,
        agencies: reached,
        from: moment(from),
        until: end(until),
      };
    }
    case 'withdraw':
    case 'suspend':
      return {
        kind: 'withdrawn',
        consentId: consents[entry.consent]!,
        agencies: entry.agencies,
        at: moment(entry.at),
        because: entry.what === 'suspend' ? 'suspended' : 'withdrawn',
      };
    case 'decide-to-share':
      return {
        kind: 'sharing-decided',
        decisionId: idOf(`decision ${index}`),
        about: entry.about,
        agencies: entry.agencies,
        from: moment(entry.from),
        until: end(entry.until),
      };
    case 'refuse':
      return undefined;
  }
};

const published = (all: readonly Entry[]): readonly FactAt[] =>
  all.flatMap((entry, index) => {
    const fact = factOf(entry, index);
    return fact ? [{ position: String(index).padStart(8, '0'), fact }] : [];
  });

const questions: readonly Omit<Question, 'at'>[] = [null, ...persons].flatMap((person) =>
  [null, ...agencies].flatMap((organisation) =>
    purposes.flatMap((purpose) =>
      (['read', 'write', 'plan', 'share'] as const).map((action) => ({ person, organisation, purpose, action })),
    ),
  ),
);

describe('who may do what, at every moment', () => {
  it('CON-03 CON-09 CON-12 CON-13 CON-14 CON-16 CON-19 is what the rules say of any ledger, by a model that knows no intervals', () => {
    let [allowed, denied] = [0, 0];
    fc.assert(
      fc.property(entries, fc.array(at, { minLength: 3, maxLength: 6 }), (all, moments) => {
        const model = new Model();
        for (const entry of all) model.take(entry);
        const ledger = ledgerOf(published(all));
        const differing = moments.flatMap((now) =>
          questions.filter((question) => {
            const { may } = mayUse(ledger, { ...question, at: moment(now) });
            if (may) allowed += 1;
            else denied += 1;
            return may !== model.may({ ...question, at: now });
          }),
        );
        expect(differing).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
    // Neither side of the question is asked too seldom to mean anything.
    expect(Math.min(allowed, denied) / (allowed + denied)).toBeGreaterThan(0.1);
  });

  it('is the same in whatever order and however often what was published comes', () => {
    fc.assert(
      fc.property(
        entries.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray([...published(all), ...published(all)], { minLength: published(all).length * 2 })),
        ),
        ([all, shuffled]) => {
          expect(ledgerOf(shuffled.reduce(withFact, []))).toEqual(ledgerOf(published(all)));
        },
      ),
      { numRuns: 500 },
    );
  });
});

const given = (more: Partial<Extract<ConsentFact, { kind: 'given' }>> = {}): ConsentFact => ({
  ...{ kind: 'given', consentId: consents[0]!, giver: leila, purpose: takingPart, covers: [amir, leila], agencies: [school, health] },
  ...{ from: moment(5), until: null },
  ...more,
});
const withdrawn = (more: Partial<Extract<ConsentFact, { kind: 'withdrawn' }>> = {}): ConsentFact => ({
  ...{ kind: 'withdrawn', consentId: consents[0]!, agencies: null, at: moment(10), because: 'withdrawn' },
  ...more,
});
const decided: ConsentFact = {
  kind: 'sharing-decided',
  decisionId: idOf('decision'),
  about: [amir],
  agencies: [housing],
  from: moment(5),
  until: moment(20),
};
const placed = (facts: readonly ConsentFact[]) => ledgerOf(facts.map((fact, index) => ({ position: String(index), fact })));
const asked = (facts: readonly ConsentFact[], more: Partial<Ask> = {}) =>
  mayUse(placed(facts), { person: amir, organisation: school, purpose: takingPart, action: 'write', at: moment(12), ...more });

describe('on what it rests, and by which rule it is refused', () => {
  it('CON-09 rests on one consent of one person with responsibility', () => {
    expect(asked([given()])).toEqual({ may: true, because: consents[0] });
  });

  it('FD-11 safeguarding waits for none', () => {
    expect(asked([], { purpose: safeguarding })).toEqual({ may: true, because: 'safeguarding' });
    expect(asked([given(), withdrawn()], { purpose: safeguarding })).toEqual({ may: true, because: 'safeguarding' });
  });

  it('CON-12 CON-19 a decision to share allows to share, about whom, with whom and while it says, and nothing else', () => {
    const share = { organisation: housing, action: 'share' } as const;
    expect(asked([decided], share)).toEqual({ may: true, because: idOf('decision') });
    for (const beyond of [{ action: 'read' }, { person: karim }, { organisation: health }, { at: moment(20) }, { at: moment(4) }] as const)
      expect(asked([decided], { ...share, ...beyond })).toMatchObject({ may: false });
  });

  it.each([
    ['CON-01 nothing was ever given', [], {}, { rule: 'CON-01' }],
    ['CON-01 it has not begun', [given({ from: moment(13) })], {}, { rule: 'CON-01' }],
    ['CON-14 only another purpose was agreed to', [given()], { purpose: request }, { rule: 'CON-14' }],
    ['CON-17 the family has withdrawn', [given(), withdrawn()], {}, { rule: 'CON-17', since: moment(10) }],
    [
      'CON-13 a separate consent was withdrawn',
      [given({ purpose: request }), withdrawn()],
      { purpose: request },
      { rule: 'CON-13', since: moment(10) },
    ],
    ['CON-13 it was withdrawn for this agency', [given(), withdrawn({ agencies: [school] })], {}, { rule: 'CON-13', since: moment(10) }],
    ['CON-06 it is suspended', [given(), withdrawn({ because: 'suspended' })], {}, { rule: 'CON-06', since: moment(10) }],
    ['CON-16 it has run out', [given({ until: moment(11) })], {}, { rule: 'CON-16', since: moment(11) }],
    ['CON-16 this agency was never reached', [given()], { organisation: housing }, { rule: 'CON-16' }],
    ['CON-16 this person is not covered', [given()], { person: karim }, { rule: 'CON-16' }],
    ['CON-16 whom it covers was not published', [given({ covers: null })], {}, { rule: 'CON-16' }],
  ] as const)('%s', (_name, facts, more, expected) => {
    expect(asked(facts, more)).toEqual({ may: false, ...expected });
  });

  it('whom it covers is known once a later version says it, though other facts came in between', () => {
    const at1 = { position: '1', fact: given({ covers: null, giver: null }) };
    const facts = [at1, { position: '2', fact: withdrawn({ agencies: [health] }) }, { position: '1', fact: given() }, at1].reduce<
      readonly FactAt[]
    >(withFact, []);
    const ask = { person: amir, purpose: takingPart, action: 'write', at: moment(12) } as const;
    expect(mayUse(ledgerOf(facts), { ...ask, organisation: school })).toMatchObject({ may: true });
    expect(mayUse(ledgerOf(facts), { ...ask, organisation: health })).toMatchObject({ may: false, rule: 'CON-13' });
  });
});
