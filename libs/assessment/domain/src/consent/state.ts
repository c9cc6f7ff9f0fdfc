import type { Day, Instant, OrganisationId, PersonId, Sealed, Uuid } from '@waymark/kernel';
import type { Capacity, CompetenceOutcome } from './words.js';

/** From `from` on and before `until`; without an end where `until` is null. */
export interface Interval {
  readonly from: Instant;
  readonly until: Instant | null;
}

/** A stretch of time in which a consent reaches an agency. */
export interface Reach extends Interval {
  readonly agency: OrganisationId;
}

export interface Consent {
  readonly consentId: Uuid;
  readonly giver: PersonId;
  readonly capacity: Capacity;
  readonly dateOfBirth: Sealed<Day> | null;
  readonly purpose: string;
  readonly covers: readonly PersonId[];
  readonly noticeVersion: string;
  /** The judgement of competence that it rests on, where the giver is a child (CON-05). */
  readonly restsOn: Uuid | null;
  /** CON-06: set by a later judgement, lifted by renewal. */
  readonly suspended: boolean;
  /** When it last changed; a renewal is never entered before that. */
  readonly changedAt: Instant;
  readonly reach: readonly Reach[];
}

export interface Refusal {
  readonly refusalId: Uuid;
  readonly giver: PersonId;
  readonly capacity: Capacity;
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
}

export const emptyLedger: Ledger = {
  consents: [],
  refusals: [],
  judgements: [],
  involvementExplored: [],
  otherParents: [],
  lawfulBases: [],
  sharingDecisions: [],
};
