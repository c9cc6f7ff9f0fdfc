import type { Instant, OrganisationId, PersonId, Uuid } from '@waymark/kernel';
import { holdsAt, type Interval, type Stretch } from './intervals.js';

/** The agreement that all work rests on. Other purposes need a consent of their own (CON-14): the pack has the list. */
export const takingPart = 'take-part-in-early-help';

/** A consent: whose, for what, about whom, and when it reaches which agency (CON-03). */
export interface HeldConsent {
  readonly consentId: Uuid;
  /** null where what was published does not say. */
  readonly giver: PersonId | null;
  readonly purpose: string;
  /** null where what was published does not say: then nobody who is named counts as covered. */
  readonly covers: readonly PersonId[] | null;
  /** CON-06: the child's understanding is in doubt; lifted by renewal. */
  readonly suspended: boolean;
  /** When the newest of it took effect. */
  readonly changedAt: Instant;
  readonly reach: readonly Stretch[];
}

/** A decision to share without consent: about whom, with whom, when (CON-12). It holds for these only (CON-19). */
export interface SharingDecision extends Interval {
  readonly decisionId: Uuid;
  /** null where what was published does not say: then nobody who is named counts as meant. */
  readonly about: readonly PersonId[] | null;
  readonly agencies: readonly OrganisationId[];
}

/** What is known of a family's agreement. The ledger's own events and what is published of them fold to the same. */
export interface ConsentLedger {
  readonly consents: readonly HeldConsent[];
  readonly decisions: readonly SharingDecision[];
}

export const noLedger: ConsentLedger = { consents: [], decisions: [] };

/** When the newest of it took effect; null where there is nothing. Whoever decides on it decides no earlier than that. */
export const newestOf = ({ consents, decisions }: ConsentLedger): Instant | null =>
  [...consents.map(({ changedAt }) => changedAt), ...decisions.map(({ from }) => from)].reduce<Instant | null>(
    (newest, at) => (newest === null || at > newest ? at : newest),
    null,
  );

/** The consents to a purpose that reach anybody at a moment, oldest first. One is enough (CON-09); none stands in for another purpose (CON-14). */
export const consentsInForce = <C extends HeldConsent>(
  { consents }: { readonly consents: readonly C[] },
  purpose: string,
  at: Instant,
): readonly C[] => consents.filter((consent) => consent.purpose === purpose && consent.reach.some((stretch) => holdsAt(stretch, at)));

/** Whom one consent reaches at a moment. */
export const reachedBy = ({ reach }: Pick<HeldConsent, 'reach'>, at: Instant): readonly OrganisationId[] =>
  reach.filter((stretch) => holdsAt(stretch, at)).map(({ agency }) => agency);

/** The agencies that the consents to a purpose reach at a moment, in the order of their ids. */
export const agenciesReached = (
  ledger: Pick<ConsentLedger, 'consents'>,
  at: Instant,
  purpose: string = takingPart,
): readonly OrganisationId[] => [...new Set(consentsInForce(ledger, purpose, at).flatMap((consent) => reachedBy(consent, at)))].toSorted();
