import type { CarriesConsent } from '@waymark/consent';
import { conflict, count, handle, notPermitted, refuse, type Command, type Refused } from '@waymark/kernel';
import { z } from 'zod';
import { isActing, managesStaffOf, type LeadProfessional } from './fields.js';

/** What the family's episode said when something else was decided, and at which version of its stream (GEN-01). */
export interface EpisodeEvidence {
  readonly episodeVersion: number;
  readonly status: 'open' | 'closed';
  readonly leadProfessional: LeadProfessional;
  /** LP-02: decided with the family, no longer the assessment's initiator by default. */
  readonly leadProfessionalConfirmed: boolean;
  /** FD-07: the hub's checks are passed. */
  readonly ehaAccepted: boolean;
}

/** A command that rests on the episode; null where there is none. */
export interface RestsOnEpisode extends Command {
  readonly evidence: { readonly episode: EpisodeEvidence | null };
}

/** How an event records what its decision rested on. */
export const Evidence = z.strictObject({
  /** The version of the episode's stream that was known. */
  episodeVersion: count(),
  /** How far the family's consent was known; absent in what was recorded before this was, and where nothing rests on it. */
  consentSeen: handle().optional(),
});

export const known = ({ evidence, consent }: RestsOnEpisode & CarriesConsent): z.infer<typeof Evidence> => ({
  episodeVersion: evidence.episode?.episodeVersion ?? 0,
  ...(consent?.seen ? { consentSeen: consent.seen } : {}),
});

/** EP-01. */
export const belongsToAnOpenEpisode = ({ evidence: { episode } }: RestsOnEpisode): Refused | undefined => {
  if (!episode)
    return refuse('EP-01', 'All activity belongs to an Early Help episode, and this family has none yet: open an assessment first.');
  if (episode.status === 'closed')
    return conflict('EP-01', 'The Early Help episode is closed: reopen it with a reason before anything further is recorded in it.');
  return undefined;
};

/** 001 Lead Professional: co-ordinates and chairs the meetings; their manager can stand in. */
export const isForTheLeadProfessional = ({ evidence: { episode }, meta }: RestsOnEpisode): Refused | undefined =>
  episode && !isActing(meta.actor, episode.leadProfessional) && !managesStaffOf(meta.actor, episode.leadProfessional)
    ? notPermitted('Only the Lead Professional, or a manager of their organisation in their place, may do this. Ask them to record it.')
    : undefined;
