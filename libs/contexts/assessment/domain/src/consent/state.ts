import type { HeldConsent, SharingDecision } from '@waymark/consent';
import type { Day, Instant, OrganisationId, PersonId, Sealed, Uuid } from '@waymark/kernel';
import type { Capacity, CompetenceOutcome } from './words.js';

export interface Consent extends HeldConsent {
  readonly giver: PersonId;
  readonly capacity: Sealed<Capacity>;
  readonly dateOfBirth: Sealed<Day> | null;
  readonly covers: readonly PersonId[];
  readonly noticeVersion: string;
  /** The judgement of competence that it rests on, where the giver is a child (CON-05). */
  readonly restsOn: Uuid | null;
  /** When the newest withdrawal took effect, of all or a part of it, and the newest suspension: a stretch that ends where it began leaves no trace in `reach`. */
  readonly withdrawnAt: Instant | null;
  readonly suspendedAt: Instant | null;
}

export interface Refusal {
  readonly refusalId: Uuid;
  readonly giver: PersonId;
  readonly capacity: Sealed<Capacity>;
  readonly purpose: string;
  readonly at: Instant;
}

export interface Judgement {
  readonly competenceId: Uuid;
  readonly childId: PersonId;
  readonly outcome: Sealed<CompetenceOutcome>;
  readonly at: Instant;
}

export interface OtherParent {
  readonly personId: PersonId;
  readonly efforts: number;
}

export interface NonSharingDecision {
  readonly about: readonly PersonId[];
  readonly agencies: readonly OrganisationId[];
  readonly at: Instant;
}

/** Three kinds of record, never one flag (CON-15): agreements with their intervals, lawful bases, decisions about sharing. */
export interface Ledger {
  readonly consents: readonly Consent[];
  readonly refusals: readonly Refusal[];
  readonly judgements: readonly Judgement[];
  /** CON-08: children with whom involving a parent was explored. */
  readonly involvementExplored: readonly PersonId[];
  readonly otherParents: readonly OtherParent[];
  readonly lawfulBases: readonly Uuid[];
  readonly sharingDecisions: readonly Uuid[];
  /** Those to share, as they hold (CON-12, CON-19). */
  readonly decisions: readonly SharingDecision[];
  /** Those not to share. */
  readonly decidedNotTo: readonly NonSharingDecision[];
}

export const emptyLedger: Ledger = {
  consents: [],
  refusals: [],
  judgements: [],
  involvementExplored: [],
  otherParents: [],
  lawfulBases: [],
  sharingDecisions: [],
  decisions: [],
  decidedNotTo: [],
};
