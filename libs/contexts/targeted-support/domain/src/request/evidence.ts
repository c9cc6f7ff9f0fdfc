import type { Instant, OrganisationId, UserId, Uuid } from '@waymark/kernel';

export interface LeadProfessional {
  readonly user: UserId;
  readonly organisation: OrganisationId;
}

/** By its id in the assessment; whoever may know more asks there. */
export interface EvidencedNeed {
  readonly needId: Uuid;
}

/** The case's latest completed assessment. */
export interface EhaInEvidence {
  readonly ehaId: Uuid;
  readonly completedAt: Instant;
  readonly updatedAt: Instant | null;
  /** FD-07: whether the hub's checks have accepted it. */
  readonly accepted: boolean;
  readonly needs: readonly EvidencedNeed[];
}

export interface ConsentInForce {
  readonly consentId: Uuid;
  readonly purpose: string;
  /** Those that it reaches at that moment. */
  readonly agencies: readonly OrganisationId[];
  readonly from: Instant;
  /** Exclusive; null while no end is set. */
  readonly until: Instant | null;
}

/** How far this service's own copies of other services' facts had read: positions in the record, null where nothing was heard yet, and for consent where the command waits for none. */
export interface SeenUpTo {
  readonly leadProfessional: string | null;
  readonly eha: string | null;
  readonly consent: string | null;
}

/** What the service knew of other services' facts when the request was decided (GEN-01). */
export interface Evidence {
  readonly leadProfessional: LeadProfessional | null;
  readonly eha: EhaInEvidence | null;
  /** In force at the moment that the command tells of; none where it waits for no consent. */
  readonly consents: readonly ConsentInForce[];
  readonly seenUpTo: SeenUpTo;
}
