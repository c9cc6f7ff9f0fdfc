import type { Actor, Instant, OrganisationId, Sealed, Uuid } from '@waymark/kernel';
import type { HubEnd } from '../outcomes.js';

interface HubEnquiryFacts {
  readonly hubEnquiryId: Uuid;
  readonly contactId: Uuid;
  readonly openedAt: Instant;
}

/** GEN-01. */
export interface HubDecision {
  readonly end: HubEnd;
  /** To whom an assessment is recommended; null for the other ends. */
  readonly agency: OrganisationId | null;
  readonly rationale: Sealed<string>;
  readonly decidedAt: Instant;
  readonly decidedBy: Actor;
}

export type HubEnquiry =
  | { readonly status: 'none' }
  | (HubEnquiryFacts & { readonly status: 'open' })
  | (HubEnquiryFacts & HubDecision & { readonly status: 'decided' });

export const noHubEnquiry: HubEnquiry = { status: 'none' };
