import type { Uuid } from '@waymark/kernel';
import type { LeadProfessional } from '../request/evidence.js';
import { isRepeat, type AtPosition, type Replica } from './seen.js';

/** What planning publishes about who leads. */
export type LeadMessage = AtPosition &
  (
    | {
        readonly kind: 'episode-opened' | 'episode-reopened' | 'lead-professional-changed';
        readonly episodeId: Uuid;
        readonly leadProfessional: LeadProfessional;
      }
    | { readonly kind: 'episode-closed'; readonly episodeId: Uuid }
  );

/** A case's Lead Professional, as far as this service knows. */
export interface LeadReplica extends Replica {
  readonly episodeId: Uuid | null;
  readonly leadProfessional: LeadProfessional | null;
}

export const nobodyLeads: LeadReplica = { seenUpTo: null, episodeId: null, leadProfessional: null };

export const foldLead = (copy: LeadReplica, message: LeadMessage): LeadReplica => {
  if (isRepeat(copy, message)) return copy;
  const seenUpTo = message.position;
  if (message.kind === 'episode-opened' || message.kind === 'episode-reopened')
    return { seenUpTo, episodeId: message.episodeId, leadProfessional: message.leadProfessional };
  // An episode that ended earlier says nothing about the one that runs.
  if (message.episodeId !== copy.episodeId) return { ...copy, seenUpTo };
  return message.kind === 'lead-professional-changed'
    ? { ...copy, seenUpTo, leadProfessional: message.leadProfessional }
    : { seenUpTo, episodeId: null, leadProfessional: null };
};
