import type { Fact } from '@waymark/kernel';
import type { EpisodeEvent } from './events.js';
import type { Episode, EpisodeOpen, EpisodeShut } from './state.js';

type Opening = Extract<EpisodeEvent, { type: 'planning.EpisodeOpened.v1' }>;

const opened = ({ data, occurredAt }: Fact<Opening>): EpisodeOpen => ({
  status: 'open',
  ...data,
  openedAt: occurredAt,
  leadSince: occurredAt,
  confirmed: false,
  proposed: null,
  transfers: 0,
  ehaCompletedAt: null,
  needs: [],
  ehaAccepted: false,
  services: [],
  closingPrompted: false,
});

export const evolve = (state: Episode, event: Fact<EpisodeEvent>): Episode => {
  if (event.type === 'planning.EpisodeOpened.v1') return opened(event);
  return state.status === 'none' ? state : evolveKnown(state, event);
};

const evolveKnown = (state: EpisodeOpen | EpisodeShut, event: Fact<Exclude<EpisodeEvent, Opening>>): Episode => {
  switch (event.type) {
    case 'planning.AssessmentCompletionNoted.v1':
      return { ...state, ehaId: event.data.ehaId, ehaCompletedAt: event.data.completedAt, needs: event.data.needs };
    case 'planning.AssessmentAcceptanceNoted.v1':
      return { ...state, ehaAccepted: true };
    case 'planning.LeadProfessionalConfirmed.v1':
    case 'planning.LeadProfessionalAccepted.v1':
      return { ...state, confirmed: true, ...leads(state, event) };
    case 'planning.LeadProfessionalProposed.v1':
      return { ...state, proposed: { leadProfessional: event.data.leadProfessional, consentId: event.data.consent.consentId } };
    case 'planning.LeadProfessionalDeclined.v1':
    case 'planning.LeadProfessionalProposalWithdrawn.v1':
      return { ...state, proposed: null };
    case 'planning.ServiceInvolved.v1':
      return {
        ...state,
        services: [...state.services, { serviceId: event.data.serviceId, organisation: event.data.organisation, ended: false }],
      };
    case 'planning.ServiceEnded.v1':
      return {
        ...state,
        services: state.services.map((service) => (service.serviceId === event.data.serviceId ? { ...service, ended: true } : service)),
      };
    case 'planning.ClosingPrompted.v1':
      return state.status === 'open' ? { ...state, closingPrompted: true } : state;
    case 'planning.EpisodeClosed.v1':
      return { ...state, status: 'closed', proposed: null, closedAt: event.occurredAt, reason: event.data.reason };
    case 'planning.EpisodeReopened.v1':
      return { ...state, status: 'open', closingPrompted: false };
    default:
      return state;
  }
};

type Leading = Extract<EpisodeEvent, { type: 'planning.LeadProfessionalConfirmed.v1' | 'planning.LeadProfessionalAccepted.v1' }>;

const leads = (state: EpisodeOpen | EpisodeShut, { type, data, occurredAt }: Fact<Leading>) => ({
  leadProfessional: data.leadProfessional,
  proposed: null,
  transfers: data.transfers,
  leadSince: type === 'planning.LeadProfessionalConfirmed.v1' && !data.changed ? state.leadSince : occurredAt,
});
