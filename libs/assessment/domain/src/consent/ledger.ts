import type { Instant, OrganisationId, PersonId } from '@waymark/kernel';
import type { ConsentEvidence } from '../common/parts.js';
import { holdsAt, joined } from './intervals.js';
import type { Consent, Interval, Judgement, Ledger } from './state.js';
import { takingPart } from './words.js';

/** The consents of a purpose that hold at a moment, oldest first. One is enough (CON-09); none stands in for another purpose (CON-14). */
export const consentsInForce = (ledger: Ledger, purpose: string, at: Instant): readonly Consent[] =>
  ledger.consents.filter((consent) => consent.purpose === purpose && consent.reach.some((stretch) => holdsAt(stretch, at)));

/** The oldest consent of a purpose that holds at a moment. */
export const consentInForce = (ledger: Ledger, purpose: string, at: Instant): Consent | undefined =>
  consentsInForce(ledger, purpose, at)[0];

/** The agencies that the consents of a purpose reach at a moment, in the order of their ids. */
export const agenciesReached = (ledger: Ledger, at: Instant, purpose: string = takingPart): readonly OrganisationId[] => {
  const agencies = consentsInForce(ledger, purpose, at).flatMap(({ reach }) =>
    reach.filter((stretch) => holdsAt(stretch, at)).map(({ agency }) => agency),
  );
  return [...new Set(agencies)].toSorted();
};

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
