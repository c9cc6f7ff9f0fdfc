import { consentsInForce, holdsAt, joined, takingPart, type Interval } from '@waymark/consent';
import type { Instant, OrganisationId, PersonId } from '@waymark/kernel';
import type { ConsentEvidence } from '../common/parts.js';
import type { Consent, Judgement, Ledger } from './state.js';

/** The oldest consent of a purpose that holds at a moment. */
export const consentInForce = (ledger: Ledger, purpose: string, at: Instant): Consent | undefined =>
  consentsInForce(ledger, purpose, at)[0];

/** When an agency is, was and will be reached for a purpose: disjoint stretches in the order of time (CON-13). */
export const reachOf = (ledger: Ledger, agency: OrganisationId, purpose: string = takingPart): readonly Interval[] =>
  joined(
    ledger.consents
      .filter((consent) => consent.purpose === purpose)
      .flatMap(({ reach }) => reach.filter((stretch) => stretch.agency === agency)),
  );

/** CON-06: a child's own consent to a purpose is suspended, and nobody else's holds. */
export const isSuspended = (ledger: Ledger, purpose: string, at: Instant): boolean =>
  !consentInForce(ledger, purpose, at) && ledger.consents.some((consent) => consent.purpose === purpose && consent.suspended);

/** The judgement of a child's competence that stood at a moment. */
export const judgementAt = (ledger: Ledger, childId: PersonId, at: Instant): Judgement | undefined =>
  ledger.judgements
    .filter((judgement) => judgement.childId === childId && judgement.at <= at)
    .reduce<Judgement | undefined>((latest, judgement) => (latest && latest.at > judgement.at ? latest : judgement), undefined);

/** What an assessment needs to know of consent, with the ledger's version that it was read at (GEN-01). */
export const evidenceOf = (ledger: Ledger, ledgerVersion: number, at: Instant): ConsentEvidence => {
  const held = consentInForce(ledger, takingPart, at);
  const from = held?.reach.find((stretch) => holdsAt(stretch, at))?.from;
  const consented = consentsInForce(ledger, takingPart, at).map(({ giver }) => giver);
  return {
    ledgerVersion,
    takingPart: held && from ? { consentId: held.consentId, giver: held.giver, from, noticeVersion: held.noticeVersion } : null,
    suspended: isSuspended(ledger, takingPart, at),
    otherParents: ledger.otherParents.map(({ personId, efforts }) => ({ personId, efforts, consented: consented.includes(personId) })),
  };
};
