import type { Instant, OrganisationId, PersonId, Sealed, Uuid } from '@waymark/kernel';
import type { LeadProfessional } from './evidence.js';
import type { SpecialistService } from './specialist-services.js';

/** What was asked for, and by whom last. */
export interface Asked {
  readonly requestId: Uuid;
  readonly needs: readonly Uuid[];
  readonly kinds: Sealed<readonly string[]>;
  /** Whom it is about. */
  readonly persons: readonly PersonId[];
  readonly sharedWith: readonly OrganisationId[];
  readonly leadProfessional: LeadProfessional;
  readonly submittedAt: Instant;
  /** How often it went back for more information. */
  readonly returns: number;
  /** TS-08: services that a direct referral was already prompted for. */
  readonly prompted: readonly Sealed<SpecialistService>[];
}

export interface NotSubmitted {
  readonly status: 'not-submitted';
}
export interface AwaitingTriage extends Asked {
  readonly status: 'awaiting-triage';
}
export interface Returned extends Asked {
  readonly status: 'returned';
}
export interface Allocated extends Asked {
  readonly status: 'allocated';
  readonly organisation: OrganisationId;
  readonly supportKind: Sealed<string>;
}
export interface WithPanel extends Asked {
  readonly status: 'with-panel';
  readonly panel: string;
}
export interface Ended extends Asked {
  readonly status: 'signposted' | 'withdrawn';
}

export type SubmittedRequest = AwaitingTriage | Returned | Allocated | WithPanel | Ended;
export type Request = NotSubmitted | SubmittedRequest;
export const notSubmitted: NotSubmitted = { status: 'not-submitted' };
