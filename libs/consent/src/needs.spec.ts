import { describe, expect, it } from '@jest/globals';
import { accept, instant, type Command, type Instant, type OrganisationId, type PersonId } from '@waymark/kernel';
import { aCase, actor, idOf, meta } from '@waymark/testing';
import { takingPart, type ConsentLedger, type HeldConsent, type SharingDecision } from './ledger.js';
import { agencies, persons } from './model.fixture.js';
import { restingOnConsent, type ConsentNeeds, type Use } from './needs.js';

const [leila, karim, amir] = persons as [PersonId, PersonId, PersonId];
const [school, health, housing] = agencies as [OrganisationId, OrganisationId, OrganisationId];
const [january, march, april, now] = ['2026-01-05', '2026-03-09', '2026-04-06', '2026-05-12'].map((day) => instant(`${day}T10:00:00Z`)) as [
  Instant,
  Instant,
  Instant,
  Instant,
];

const consent = (covers: readonly PersonId[] | null, reaches: readonly OrganisationId[], more: Partial<HeldConsent> = {}): HeldConsent => ({
  ...{ consentId: idOf(`${String(covers)} ${String(reaches)}`), giver: leila, purpose: takingPart, covers, suspended: false },
  changedAt: january,
  reach: reaches.map((agency) => ({ agency, from: january, until: null })),
  ...more,
});
const decision = (about: readonly PersonId[] | null, recipients: readonly OrganisationId[]): SharingDecision => ({
  ...{ decisionId: idOf(`${String(about)} ${String(recipients)}`), about, agencies: recipients, from: january, until: null },
});

interface Sharing extends Command<'Share'> {
  readonly use: Use<readonly PersonId[]>;
}
const needs: ConsentNeeds<Sharing, readonly PersonId[]> = { Share: ({ use }) => use };
const decide = restingOnConsent(needs, () => accept());

/** What becomes of it, decided by the school; `state` is whom the record names. */
const decided = (
  use: Use<readonly PersonId[]>,
  { consents = [], decisions = [] }: Partial<ConsentLedger>,
  { state = [], occurredAt = now }: { readonly state?: readonly PersonId[]; readonly occurredAt?: Instant } = {},
) => {
  const by = actor('dana', 'practitioner', school);
  const command: Sharing = { kind: 'Share', caseId: aCase, use, meta: meta({ now, occurredAt, actor: by }) };
  return decide({ ...command, consent: { ledger: { consents, decisions }, seen: '1' } }, state);
};

const both: Use<readonly PersonId[]> = { action: 'share', about: { people: [leila, amir] }, with: { agencies: [health, housing] } };
const withSchool = consent([leila, amir], [school]);

describe('CON-16 people and agencies are asked for as pairs', () => {
  it('whatever is about several people with several agencies is allowed where every pair is, and nowhere else', () => {
    const pairs = [leila, amir].flatMap((person) => [health, housing].map((agency) => [person, agency] as const));
    for (let which = 0; which < 2 ** pairs.length; which += 1) {
      const covered = pairs.filter((_, index) => (which & (1 << index)) > 0);
      const consents = [withSchool, ...covered.map(([person, agency]) => consent([person], [agency]))];
      const decisions = covered.map(([person, agency]) => decision([person], [agency]));
      const expected =
        covered.length === pairs.length ? { outcome: 'accepted' } : { outcome: 'refused', rule: 'CON-16', field: 'agencies' };
      expect({ which, ...decided(both, { consents }) }).toMatchObject({ which, ...expected });
      expect({ which, ...decided(both, { consents: [withSchool], decisions }) }).toMatchObject({ which, ...expected });
    }
  });

  it('each by somebody, and each agency by some consent, is not enough, whoever acts', () => {
    const consents = [consent([leila], [school, health]), consent([amir], [school, housing])];
    expect(decided(both, { consents })).toMatchObject({ outcome: 'refused', rule: 'CON-16', field: 'agencies' });
    expect(decided({ ...both, by: 'anybody' }, { consents })).toMatchObject({ outcome: 'refused', rule: 'CON-16', field: 'agencies' });
    expect(decided({ ...both, by: 'anybody' }, { consents: [consent([leila, amir], [health, housing])] })).toMatchObject({
      outcome: 'accepted',
    });
  });

  it('the refusal says what to do next, and names neither the person nor the agency', () => {
    const refused = decided(both, { consents: [withSchool, consent([leila], [health, housing])] });
    expect(refused).toMatchObject({ message: expect.stringContaining('ask who may answer for each of them, or leave the agency out') });
    expect(refused).toMatchObject({ message: expect.stringContaining('record that decision first (CON-12)') });
    const written = decided({ ...both, action: 'write' }, { consents: [withSchool, consent([leila], [health, housing])] });
    expect(written).toMatchObject({ outcome: 'refused', message: expect.not.stringContaining('decision') });
    for (const name of [leila, amir, health, housing]) expect(JSON.stringify(refused)).not.toContain(name);
  });

  it('CON-13 CON-03 a late entry does not go round the withdrawal of one pair', () => {
    const [ended] = consent([amir], [health]).reach;
    const withdrawn = consent([amir], [health], { changedAt: april, reach: [{ ...ended!, until: april, endedBy: 'withdrawal' }] });
    const known = { consents: [withSchool, consent([leila], [health, housing]), consent([amir], [housing]), withdrawn] };
    for (const occurredAt of [march, now])
      expect(decided(both, known, { occurredAt })).toMatchObject({ outcome: 'refused', rule: 'CON-13', field: 'agencies' });
  });
});

describe('CON-19 a decision to share', () => {
  const toHousing: Use<readonly PersonId[]> = { action: 'share', with: { agencies: [housing] } };
  const decisions = [decision([amir], [housing])];

  it('allows nothing where nobody is named, and nothing about anybody else', () => {
    const known = { consents: [consent([leila, amir], [school])], decisions };
    expect(decided(toHousing, known)).toMatchObject({ outcome: 'refused', rule: 'CON-16', field: 'agencies' });
    expect(decided({ ...toHousing, about: { people: [amir] } }, known)).toMatchObject({ outcome: 'accepted' });
    expect(decided({ ...toHousing, about: { people: [amir, leila] } }, known)).toMatchObject({ outcome: 'refused', rule: 'CON-16' });
    const unknown = { ...known, decisions: [decision(null, [housing])] };
    expect(decided({ ...toHousing, about: { people: [amir] } }, unknown)).toMatchObject({ outcome: 'refused', rule: 'CON-16' });
  });

  it('CON-17 says nothing of whether the family takes part still', () => {
    const taking = { action: 'share', by: 'anybody' } as const;
    for (const use of [taking, { ...taking, about: { people: [amir] } }])
      expect(decided(use, { decisions })).toMatchObject({ outcome: 'refused', rule: 'CON-01' });
    expect(decided({ ...taking, about: { people: [amir] } }, { consents: [consent([amir], [school])] })).toMatchObject({
      outcome: 'accepted',
    });
  });
});

describe('CON-16 whom the record names', () => {
  const toHealth: Use<readonly PersonId[]> = { action: 'share', with: { agencies: [health] }, alsoAbout: (people) => people };
  const refused = { outcome: 'refused', rule: 'CON-16', field: 'agencies' };
  const known = { consents: [consent([leila], [school, health]), consent([amir], [school])] };

  it('is asked for too, whomever the command names', () => {
    expect(decided(toHealth, known, { state: [leila] })).toMatchObject({ outcome: 'accepted' });
    expect(decided(toHealth, known, { state: [leila, amir] })).toMatchObject(refused);
    expect(decided({ ...toHealth, about: { people: [leila] } }, known, { state: [amir] })).toMatchObject(refused);
  });

  it('is left aside where nobody ever agreed for them, who are only asked; not where it cannot be said', () => {
    expect(decided(toHealth, known, { state: [leila, karim] })).toMatchObject({ outcome: 'accepted' });
    const unsaid = { consents: [...known.consents, consent(null, [school, health])] };
    expect(decided(toHealth, unsaid, { state: [leila, karim] })).toMatchObject(refused);
    const spokenOf = { ...known, decisions: [decision([karim], [housing])] };
    expect(decided(toHealth, spokenOf, { state: [leila, karim] })).toMatchObject(refused);
    expect(decided({ ...toHealth, about: { people: [leila, karim] } }, known)).toMatchObject({ outcome: 'refused', field: 'people' });
  });
});

it('CON-13 whom the record names, and who took all of it back, holds up nobody else; who took back a part of it, or agreed anew, does', () => {
  const toHealth: Use<readonly PersonId[]> = { action: 'share', with: { agencies: [health] }, alsoAbout: (people) => people };
  const taken = (endedBy: 'withdrawal' | 'suspension', which: readonly OrganisationId[] = [school, health]) =>
    consent([karim], [school, health], {
      ...{ changedAt: april, suspended: endedBy === 'suspension' },
      reach: [school, health].map((agency) => ({
        agency,
        from: january,
        ...(which.includes(agency) ? { until: april, endedBy } : { until: null }),
      })),
    });
  const outcome = (...karims: readonly HeldConsent[]) =>
    decided(toHealth, { consents: [consent([leila], [school, health]), ...karims] }, { state: [leila, karim] });
  expect(outcome(taken('withdrawal'))).toMatchObject({ outcome: 'accepted' });
  expect(outcome(consent([karim], []))).toMatchObject({ outcome: 'accepted' });
  expect(outcome(taken('withdrawal', [health]))).toMatchObject({ outcome: 'refused', rule: 'CON-13' });
  expect(outcome(taken('suspension'))).toMatchObject({ outcome: 'refused', rule: 'CON-06' });
  expect(outcome(taken('withdrawal'), consent([karim], [school]))).toMatchObject({ outcome: 'refused', field: 'agencies' });
  expect(outcome(taken('withdrawal'), consent([karim], [school, health], { purpose: 'targeted-support-request' }))).toMatchObject({
    outcome: 'accepted',
  });
});

describe('GEN-02 what says itself when it happened', () => {
  const during = instant('2026-04-06T11:00:00Z');
  const evening = instant('2026-04-06T22:59:59.999Z');
  const next = instant('2026-04-07T09:00:00Z');
  const from = (agreed: Instant, until: Instant | null = null) =>
    consent([amir], [school], {
      changedAt: agreed,
      reach: [{ agency: school, from: agreed, until, ...(until ? { endedBy: 'withdrawal' as const } : {}) }],
    });
  const written = (agreedBy: Instant): Use<readonly PersonId[]> => ({
    ...{ action: 'write', about: { people: [amir] } },
    happened: { at: april, agreedBy },
  });

  it('CON-13 is asked for then too', () => {
    expect(decided(written(april), { consents: [from(during)] })).toMatchObject({ outcome: 'refused', rule: 'CON-01' });
    expect(decided(written(april), { consents: [from(april)] })).toMatchObject({ outcome: 'accepted' });
  });

  it('may be agreed while it goes on, whatever moment of it the entry names, and no later', () => {
    for (const occurredAt of [now, april]) {
      expect(decided(written(evening), { consents: [from(during)] }, { occurredAt })).toMatchObject({ outcome: 'accepted' });
      expect(decided(written(evening), { consents: [from(next)] }, { occurredAt })).toMatchObject({ outcome: 'refused', rule: 'CON-01' });
    }
    expect(decided(written(evening), { consents: [from(during)] }, { occurredAt: march })).toMatchObject({ outcome: 'refused' });
  });

  it('CON-13 rests on what held then, though it was withdrawn the same day and agreed anew; not on what had ended before', () => {
    const anew = { ...from(next), consentId: idOf('anew') };
    expect(decided(written(evening), { consents: [from(january, during), anew] })).toMatchObject({ outcome: 'accepted' });
    expect(decided(written(evening), { consents: [from(january, during)] })).toMatchObject({ outcome: 'refused', rule: 'CON-17' });
    expect(decided(written(evening), { consents: [from(january, april), anew] })).toMatchObject({ outcome: 'refused', rule: 'CON-17' });
  });

  it('is entered while the day lasts, on what is agreed until then', () => {
    const tonight = instant('2026-05-12T22:59:59.999Z');
    const until = instant('2026-05-12T20:00:00Z');
    const begun = instant('2026-05-12T09:30:00Z');
    const use = { ...written(tonight), happened: { at: instant('2026-05-12T09:00:00Z'), agreedBy: tonight } };
    const stretch = { agency: school, from: begun, until };
    expect(decided(use, { consents: [consent([amir], [school], { changedAt: begun, reach: [stretch] })] })).toMatchObject({
      outcome: 'accepted',
    });
  });
});
