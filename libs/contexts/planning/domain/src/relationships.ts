import { begins, ends, tellsRelationships } from '@waymark/access';
import * as episode from './episode/events.js';
import * as plan from './plan/events.js';
import * as taf from './taf/events.js';

const handles = [
  episode.EpisodeOpened,
  episode.EpisodeReopened,
  episode.LeadProfessionalConfirmed,
  episode.LeadProfessionalProposed,
  episode.LeadProfessionalAccepted,
  episode.LeadProfessionalDeclined,
  episode.LeadProfessionalProposalWithdrawn,
  episode.EpisodeClosed,
  episode.ServiceInvolved,
  episode.ServiceEnded,
  taf.TafInvitationsSent,
  taf.TafHeld,
  plan.ActionAgreed,
] as const;

/** Who leads and is asked to, which services take part, and who is of the team: invited with the family's agreement, at the meeting, or owner of an action. */
export const planningRelationships = tellsRelationships(handles, (event) => {
  const { occurredAt: from } = event;
  const on = event.data.episodeId;
  switch (event.type) {
    case episode.EpisodeOpened.type:
    case episode.EpisodeReopened.type:
      return [begins('lead-professional', event.data.leadProfessional, { on, from })];
    case episode.LeadProfessionalConfirmed.type:
    case episode.LeadProfessionalAccepted.type:
      return [
        ends('proposed-lead-professional', { on, organisations: null, at: from }),
        ends('lead-professional', { on, organisations: null, at: from }),
        begins('lead-professional', event.data.leadProfessional, { on, from }),
      ];
    case episode.LeadProfessionalProposed.type:
      return [begins('proposed-lead-professional', event.data.leadProfessional, { on, from })];
    case episode.LeadProfessionalDeclined.type:
    case episode.LeadProfessionalProposalWithdrawn.type:
    case episode.EpisodeClosed.type:
      return [ends('proposed-lead-professional', { on, organisations: null, at: from })];
    case episode.ServiceInvolved.type:
      return [begins('involved-service', event.data, { on: event.data.serviceId, from })];
    case episode.ServiceEnded.type:
      return [ends('involved-service', { on: event.data.serviceId, organisations: null, at: from })];
    // Not before consent reaches their agency, which an invitation asks for (CON-16).
    case taf.TafInvitationsSent.type:
      return event.data.professionals.map((one) => begins('team-member', one, { on, from }));
    case taf.TafHeld.type:
      return event.data.attended.professionals.map((one) => begins('team-member', one, { on, from }));
    case plan.ActionAgreed.type:
      return event.data.professional ? [begins('team-member', event.data.professional, { on, from })] : [];
  }
});
