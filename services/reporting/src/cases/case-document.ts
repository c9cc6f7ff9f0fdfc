import type { CaseId, Instant, OrganisationId, PersonId, Sealed, UserId, Uuid } from '@waymark/kernel';
import type { Authority } from '@waymark/policy';
import type { Collection, Document } from '@waymark/read-model';
import type { Stage } from './stage.js';

export interface CasePerson {
  readonly personId: PersonId;
  readonly name: Sealed<string> | null;
  readonly relationship: Sealed<string> | null;
}

export interface OpenDeadline {
  readonly deadlineId: Uuid;
  readonly rule: string;
  /** What has to be done, in the rule's words. */
  readonly title: string;
  readonly dueAt: Instant;
  readonly missed: boolean;
}

/** A deadline that passed without being met. It stays, whatever was done since. */
export interface Breach {
  readonly deadlineId: Uuid;
  readonly rule: string;
  readonly title: string;
  readonly dueAt: Instant;
  /** When it was done after all; null while it is not. */
  readonly metAt: Instant | null;
}

/** A case in a few lines. */
export interface CaseSummary {
  readonly id: CaseId;
  readonly authority: Authority | null;
  /** Of its first contact. */
  readonly reference: string | null;
  readonly stage: Stage | null;
  readonly child: CasePerson | null;
  readonly family: readonly CasePerson[];
  readonly openedAt: Instant;
  /** When somebody last did something; what the platform notices by itself is no activity. */
  readonly lastActivityAt: Instant;
  readonly leadProfessional: { readonly user: UserId; readonly organisation: OrganisationId } | null;
  readonly organisations: readonly OrganisationId[];
  readonly deadlines: readonly OpenDeadline[];
  /** One that has passed is still to be met. */
  readonly overdue: boolean;
  /** Oldest first. */
  readonly breaches: readonly Breach[];
  readonly breached: boolean;
  /** TAF-02: past the end of the review window without a review. */
  readonly drifting: boolean;
}

/** The same as it is kept, with every beginning of every word that it is found by. */
export interface CaseDocument extends Document, CaseSummary {
  readonly id: CaseId;
  readonly searchWords: readonly string[];
}

/**
 * PERSONAL, in plain text: `child`, `family` and the `searchWords` made of their names. They are purged on erasure: the rebuild that follows
 * the destruction of a key reads them as erased, and the generation that held them is dropped.
 */
export const personalFields = ['child', 'family', 'searchWords'] as const;

export const caseList: Collection = {
  name: 'reporting.case-list',
  indexes: ['authority', 'stage', 'searchWords', 'lastActivityAt', 'overdue', 'breached', 'drifting'],
};
