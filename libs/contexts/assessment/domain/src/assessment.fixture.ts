import { day, instant, type Instant, type OrganisationId, type PersonId, type UserId } from '@waymark/kernel';
import { takingPart, type CarriesConsent, type HeldConsent, type KnownConsent } from '@waymark/consent';
import { packFor } from '@waymark/policy';
import { aCase, idOf } from '@waymark/testing';
import type { GiveConsent } from './consent/commands.js';
import { ConsentGiven } from './consent/events.js';
import type { ConsentEvidence } from './common/parts.js';

/** Peterborough's pack as it stood in March 2026. */
export const peterborough = packFor('peterborough', instant('2026-03-09T10:00:00Z'));

export const leila = idOf<PersonId>('leila');
export const karim = idOf<PersonId>('karim');
export const amir = idOf<PersonId>('amir');
export const maya = idOf<PersonId>('maya');

export const agency = (name: string): OrganisationId => name as OrganisationId;
export const school = agency('fenbank-primary');
export const health = agency('healthy-child-programme');
export const housing = agency('fen-homes');
export const danaOfTheSchool = { user: 'dana' as UserId, organisation: school };

export const at = (text: string): Instant => instant(text);

export const notice = { version: 'v3', form: 'paper', shared: true, read: true, understood: true, agreed: true } as const;
export const parent = (personId: PersonId) => ({ personId, capacity: 'parental-responsibility', dateOfBirth: null }) as const;
/** Maya, born on 1 June 2010: 15 in March 2026, 16 in June. */
export const herself = (dateOfBirth = '2010-06-01') => ({ personId: maya, capacity: 'own-behalf', dateOfBirth: day(dateOfBirth) }) as const;

const terms = {
  consentId: idOf('consent'),
  giver: parent(leila),
  purpose: takingPart,
  covers: [amir],
  agencies: [school, health, housing],
  notice,
  method: 'in-person',
  until: null,
} as const;

export const giveConsent = (overrides: Partial<GiveConsent> = {}) =>
  ({ kind: 'GiveConsent', caseId: aCase, ...terms, ...overrides }) as const;

export const consentGiven = (overrides: Partial<Parameters<typeof ConsentGiven>[0]> = {}) =>
  ConsentGiven({ ...terms, covers: [...terms.covers], agencies: [...terms.agencies], restsOn: null, ...overrides });

/** Leila's consent, as an assessment knows it. */
export const agreed: ConsentEvidence = {
  ledgerVersion: 1,
  takingPart: { consentId: idOf('consent'), giver: leila, from: at('2026-03-09T10:00:00Z'), noticeVersion: 'v3' },
  suspended: false,
  otherParents: [],
};

/** A consent to take part, of Leila for all her family, that reaches every agency of these tests. */
export const heldByLeila: HeldConsent = {
  ...{ consentId: idOf('consent'), giver: leila, purpose: takingPart, covers: [leila, karim, amir, maya], suspended: false },
  changedAt: at('2026-03-09T10:00:00Z'),
  reach: ['fenbank-primary', 'healthy-child-programme', 'fen-homes', 'peterborough-council', 'early-help-hub'].map((name) => ({
    ...{ agency: agency(name), from: at('2026-01-01T00:00:00Z'), until: null },
  })),
};
const known: KnownConsent = { ledger: { consents: [heldByLeila], decisions: [] }, seen: '1' };

/** The aggregate, with that consent beside every command that comes without one. */
export const agreedTo = <D extends { readonly decide: (command: never, state: never, pack: never) => unknown }>(aggregate: D): D => ({
  ...aggregate,
  decide: (command: CarriesConsent, state: never, pack: never) => aggregate.decide({ consent: known, ...command } as never, state, pack),
});
