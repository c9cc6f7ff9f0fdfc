import { expect, it } from '@jest/globals';
import { agenciesReached } from '@waymark/consent';
import { aCase, idOf, specification } from '@waymark/testing';
import { agency, amir, at, consentGiven, peterborough, school } from '../assessment.fixture.js';
import type { DecideSharing } from './commands.js';
import { consent } from './consent.js';
import { consentInForce } from './ledger.js';
import { LawfulBasisRecorded, NonSharingDecided, SharingDecided } from './sharing-events.js';

const ledger = specification(consent, peterborough);
const now = at('2026-03-30T10:00:00Z');
const police = agency('police');
const terms = {
  decisionId: idOf('decision'),
  what: 'The injuries seen in March.',
  why: 'Significant harm is likely.',
  about: [amir],
  agencies: [police],
  basis: 'safeguarding-children',
  viewsSought: 'His mother was told and objects.',
};
const decide = (overrides: Partial<DecideSharing> = {}) => ({ kind: 'DecideSharing', caseId: aCase, ...terms, ...overrides }) as const;

it('CON-12 sharing without consent is a recorded decision', () => {
  ledger.given().when(decide(), { now }).then(SharingDecided(terms));
});

it('CON-12 a decision not to share is recorded the same way', () => {
  ledger
    .given()
    .when({ ...decide(), kind: 'DecideNotToShare' }, { now })
    .then(NonSharingDecided(terms));
  ledger
    .given()
    .when({ ...decide({ why: ' ' }), kind: 'DecideNotToShare' }, { now })
    .refused('CON-12', { field: 'why' });
});

it.each([
  ['what', ''],
  ['why', ' '],
  ['viewsSought', ''],
  ['agencies', []],
  ['about', []],
] as const)('CON-12 nothing of it is left blank: %s', (field, blank) => {
  ledger
    .given()
    .when(decide({ [field]: blank }), { now })
    .refused('CON-12', { field });
});

it('CON-12 the basis is one of the pack, and not consent', () => {
  ledger
    .given()
    .when(decide({ basis: 'a-feeling' }), { now })
    .refused('CON-12', { field: 'basis' });
  ledger
    .given()
    .when(decide({ basis: 'consent' }), { now })
    .refused('CON-12', { field: 'basis' });
});

it('CON-12 a duty can be relied on from the day it is law', () => {
  const duty = decide({ basis: 'section-16la-duty' });
  ledger
    .given()
    .when(duty, { now: at('2026-09-29T10:00:00Z') })
    .refused('CON-12', { field: 'basis' });
  ledger
    .given()
    .when(duty, { now: at('2026-09-30T10:00:00Z') })
    .then(SharingDecided({ ...terms, basis: 'section-16la-duty' }));
});

it('CON-15 agreement, lawful basis and decision to share are three records, none of which makes another', () => {
  const basis = {
    lawfulBasisId: idOf('basis'),
    processing: 'early-help',
    article6: 'public-task',
    article9: 'health-or-social-care',
    rationale: 'The council’s notice.',
  } as const;
  ledger
    .given()
    .when({ kind: 'RecordLawfulBasis', caseId: aCase, ...basis }, { now })
    .then(LawfulBasisRecorded(basis));
  const withBasis = ledger.given(LawfulBasisRecorded(basis)).when(decide(), { now }).state().subject;
  expect(withBasis).toMatchObject({ consents: [], lawfulBases: [idOf('basis')], sharingDecisions: [idOf('decision')] });
  expect(consentInForce(withBasis, 'take-part-in-early-help', now)).toBeUndefined();

  const onlyConsent = ledger
    .given(consentGiven({ agencies: [school] }))
    .when(decide(), { now })
    .state().subject;
  expect(onlyConsent.lawfulBases).toEqual([]);
  expect(agenciesReached(onlyConsent, now)).toEqual([school]);
});
