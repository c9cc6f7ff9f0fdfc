import { takingPart, type CarriesConsent, type HeldConsent, type KnownConsent } from '@waymark/consent';
import { instant, type OrganisationId, type PersonId } from '@waymark/kernel';
import { dana, idOf } from '@waymark/testing';

const january = instant('2026-01-05T09:00:00Z');
const kai = idOf<PersonId>('Kai');

/** What Kai's mother agreed to since the beginning of the year; it reaches every agency of these tests but one. */
export const consentOf = (purpose: string, more: Partial<HeldConsent> = {}): HeldConsent => ({
  ...{ consentId: idOf('consent'), giver: idOf<PersonId>('mother'), purpose, covers: [kai], suspended: false, changedAt: january },
  reach: [dana.organisation, 'targeted-support', 'safe-steps'].map((agency) => ({
    agency: agency as OrganisationId,
    from: january,
    until: null,
  })),
  ...more,
});
const agreed: KnownConsent = {
  ledger: { consents: [consentOf(takingPart), consentOf('targeted-support-request')], decisions: [] },
  seen: '57',
};

/** The aggregate, with that consent beside every command that comes without one. */
export const agreedTo = <D extends { readonly decide: (command: never, state: never, pack: never) => unknown }>(aggregate: D): D => ({
  ...aggregate,
  decide: (command: CarriesConsent, state: never, pack: never) => aggregate.decide({ consent: agreed, ...command } as never, state, pack),
});
