import type { Actor, Instant, Purpose } from '@waymark/kernel';
import type { ConsentPurpose, Relationship } from './relationships.js';

/** A family's case as the policy sees it: what the gate gathered before it asks. */
export interface CaseFacts {
  readonly caseId: string;
  /** Null where it is not known: then no office reaches it. */
  readonly authority: string | null;
  /** The record asked for, by id: a contact, an assessment. */
  readonly record: string | null;
  /** Everybody's, past ones included. */
  readonly relationships: readonly Relationship[];
  /**
   * The purposes to which the family's consents reach the actor's organisation now; undefined where consent was not asked. The one function of the consent
   * ledger answers it: this is the place where its answer comes in.
   */
  readonly consentCovers?: readonly ConsentPurpose[];
}

/** About whom: a case; `new`, one that begins with this very command; `many`, a list that is filtered; `nobody`. */
export type About = CaseFacts | 'new' | 'many' | 'nobody';

export interface Facts {
  readonly actor: Actor;
  readonly purpose: Purpose;
  readonly at: Instant;
  readonly about: About;
}

export interface FactsOfCase extends Facts {
  readonly about: CaseFacts;
}

export const isOfCase = (facts: Facts): facts is FactsOfCase => typeof facts.about !== 'string';
