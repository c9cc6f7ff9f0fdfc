import type { Instant, OrganisationId, Sealed, Uuid } from '@waymark/kernel';
import type { EpisodeEvidence } from '../shared/evidence.js';
import type { LeadProfessional, Need } from '../shared/fields.js';

export interface Service {
  readonly serviceId: Uuid;
  readonly organisation: OrganisationId;
  readonly ended: boolean;
}

export interface Proposal {
  readonly leadProfessional: LeadProfessional;
  /** The family's consent that it rests on. */
  readonly consentId: Uuid;
}

interface Known {
  readonly episodeId: Uuid;
  readonly ehaId: Uuid;
  readonly openedAt: Instant;
  /** LP-01: exactly one. */
  readonly leadProfessional: LeadProfessional;
  readonly leadSince: Instant;
  /** LP-02. */
  readonly confirmed: boolean;
  /** LP-03: until they accept, nothing changes. */
  readonly proposed: Proposal | null;
  /** LP-04. */
  readonly transfers: number;
  readonly ehaCompletedAt: Instant | null;
  readonly needs: readonly Need[];
  readonly ehaAccepted: boolean;
  readonly services: readonly Service[];
}

export interface EpisodeOpen extends Known {
  readonly status: 'open';
  /** EP-02: once until something changes. */
  readonly closingPrompted: boolean;
}

export interface EpisodeShut extends Known {
  readonly status: 'closed';
  readonly closedAt: Instant;
  readonly reason: Sealed<string>;
}

export type Episode = { readonly status: 'none' } | EpisodeOpen | EpisodeShut;

export const noEpisode: Episode = { status: 'none' };

/** The consent that a transfer under way rests on. */
export const proposedOn = (episode: Episode): Uuid | undefined => (episode.status === 'open' ? episode.proposed?.consentId : undefined);

/** What other decisions of this service rest on. @param version of the episode's stream */
export const evidenceOf = (episode: Episode, version: number): EpisodeEvidence | null =>
  episode.status === 'none'
    ? null
    : {
        episodeVersion: version,
        status: episode.status,
        leadProfessional: episode.leadProfessional,
        leadProfessionalConfirmed: episode.confirmed,
        ehaAccepted: episode.ehaAccepted,
      };
