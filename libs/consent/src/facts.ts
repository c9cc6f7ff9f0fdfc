import type { Instant, OrganisationId, PersonId, Uuid } from '@waymark/kernel';
import { begun, ended } from './intervals.js';
import { noLedger, type ConsentLedger, type HeldConsent } from './ledger.js';

/** What assessment publishes of a family's consent, as data. */
export type ConsentFact =
  | {
      /** The same consent again renews it for these agencies. */
      readonly kind: 'given';
      readonly consentId: Uuid;
      readonly giver: PersonId | null;
      readonly purpose: string;
      readonly covers: readonly PersonId[] | null;
      readonly agencies: readonly OrganisationId[];
      readonly from: Instant;
      readonly until: Instant | null;
    }
  | {
      readonly kind: 'withdrawn';
      readonly consentId: Uuid;
      /** null: all. */
      readonly agencies: readonly OrganisationId[] | null;
      readonly at: Instant;
      readonly because: 'withdrawn' | 'suspended';
    }
  | {
      readonly kind: 'sharing-decided';
      readonly decisionId: Uuid;
      readonly about: readonly PersonId[] | null;
      readonly agencies: readonly OrganisationId[];
      readonly from: Instant;
      readonly until: Instant | null;
    };

/** A fact, with where in the event log it stands. */
export interface FactAt {
  /** Ordered by plain string comparison. */
  readonly position: string;
  readonly fact: ConsentFact;
}

/**
 * Adds what was published to what is known, in the order of the log, whatever order it comes in: a contract may be published again, in a later version that
 * says more. Of two that tell of one event the one that says more is kept.
 */
export const withFact = (known: readonly FactAt[], next: FactAt): readonly FactAt[] => {
  const before = known.find(({ position }) => position === next.position);
  if (before && saysWhom(before.fact) >= saysWhom(next.fact)) return known;
  return [...known.filter((other) => other !== before), next].toSorted((a, b) => (a.position < b.position ? -1 : 1));
};

const saysWhom = (fact: ConsentFact): number =>
  (fact.kind === 'given' && fact.covers !== null) || (fact.kind === 'sharing-decided' && fact.about !== null) ? 1 : 0;

/** The ledger that published facts come to, in the order of the log. */
export const ledgerOf = (facts: readonly FactAt[]): ConsentLedger => facts.reduce((ledger, { fact }) => afterFact(ledger, fact), noLedger);

const afterFact = (ledger: ConsentLedger, fact: ConsentFact): ConsentLedger => {
  switch (fact.kind) {
    case 'given':
      return { ...ledger, consents: afterGiving(ledger.consents, fact) };
    case 'withdrawn':
      return {
        ...ledger,
        consents: ledger.consents.map((consent) => (consent.consentId === fact.consentId ? afterWithdrawal(consent, fact) : consent)),
      };
    case 'sharing-decided': {
      const { kind: _kind, ...decision } = fact;
      return { ...ledger, decisions: [...ledger.decisions, decision] };
    }
  }
};

type Given = Extract<ConsentFact, { kind: 'given' }>;

const afterGiving = (consents: readonly HeldConsent[], { consentId, giver, purpose, covers, agencies, from, until }: Given) => {
  const before = consents.find((consent) => consent.consentId === consentId);
  const known = before ?? { giver: null, covers: null, reach: [], changedAt: undefined };
  const now: HeldConsent = {
    ...{ consentId, purpose, suspended: false, changedAt: laterOf(known.changedAt, from) },
    giver: giver ?? known.giver,
    covers: covers ?? known.covers,
    reach: begun(known.reach, { agencies, from, until }),
  };
  return before ? consents.map((consent) => (consent === before ? now : consent)) : [...consents, now];
};

/** CON-13: in force at once. */
const afterWithdrawal = (consent: HeldConsent, { agencies, at, because }: Extract<ConsentFact, { kind: 'withdrawn' }>): HeldConsent => ({
  ...consent,
  suspended: consent.suspended || because === 'suspended',
  changedAt: laterOf(consent.changedAt, at),
  reach: ended(consent.reach, { at, agencies, by: because === 'suspended' ? 'suspension' : 'withdrawal' }),
});

const laterOf = (a: Instant | undefined, b: Instant): Instant => (a !== undefined && a > b ? a : b);
