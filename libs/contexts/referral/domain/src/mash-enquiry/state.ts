import type { Actor, Instant, OrganisationId, Sealed, Uuid } from '@waymark/kernel';
import type { TriageOutcome } from '../outcomes.js';

export type Answer = 'awaited' | 'shared' | 'refused' | 'silent';

export interface Asked {
  readonly agency: string;
  readonly organisation: OrganisationId | null;
  readonly replyBy: Instant | null;
  readonly answer: Answer;
}

export interface OpenEnquiry {
  readonly enquiryId: Uuid;
  readonly contactId: Uuid;
  /** When the contact was received. */
  readonly receivedAt: Instant;
  readonly asked: readonly Asked[];
}

/** GEN-01. */
export interface EnquiryDecision {
  readonly outcome: TriageOutcome;
  readonly rationale: Sealed<string>;
  readonly decidedAt: Instant;
  readonly decidedBy: Actor;
}

export type MashEnquiry =
  | { readonly status: 'none' }
  | (OpenEnquiry & { readonly status: 'open' })
  | (OpenEnquiry & EnquiryDecision & { readonly status: 'decided' });

export const noEnquiry: MashEnquiry = { status: 'none' };

type Which = Pick<Asked, 'agency' | 'organisation'>;

export const isSame = (one: Which, other: Which): boolean => one.agency === other.agency && one.organisation === other.organisation;
