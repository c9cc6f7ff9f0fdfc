import type { Fact } from '@waymark/kernel';
import type { RequestEvent } from './events.js';
import { type Request, type SubmittedRequest } from './state.js';

type Later = Exclude<RequestEvent, { type: 'targeted-support.RequestSubmitted.v1' }>;

export const evolve = (state: Request, event: Fact<RequestEvent>): Request => {
  if (event.type === 'targeted-support.RequestSubmitted.v1') {
    const { requestId, needs, kinds, persons, sharedWith, evidence } = event.data;
    return {
      status: 'awaiting-triage',
      requestId,
      needs,
      kinds,
      persons,
      sharedWith,
      leadProfessional: evidence.leadProfessional,
      submittedAt: event.occurredAt,
      returns: 0,
      prompted: [],
    };
  }
  return state.status === 'not-submitted' ? state : goOn(state, event);
};

const goOn = (state: SubmittedRequest, event: Later): SubmittedRequest => {
  switch (event.type) {
    case 'targeted-support.SupportAllocated.v1':
      return { ...state, status: 'allocated', organisation: event.data.organisation, supportKind: event.data.supportKind };
    case 'targeted-support.RequestSentToPanel.v1':
      return { ...state, status: 'with-panel', panel: event.data.panel };
    case 'targeted-support.RequestReturned.v1':
      return { ...state, status: 'returned', returns: state.returns + 1 };
    case 'targeted-support.FamilySignposted.v1':
      return { ...state, status: 'signposted' };
    case 'targeted-support.InformationProvided.v1': {
      const { needs, kinds, sharedWith, evidence } = event.data;
      return { ...state, status: 'awaiting-triage', needs, kinds, sharedWith, leadProfessional: evidence.leadProfessional };
    }
    case 'targeted-support.RequestWithdrawn.v1':
      return { ...state, status: 'withdrawn' };
    case 'targeted-support.SpecialistReferralPrompted.v1':
      return { ...state, prompted: [...state.prompted, event.data.service] };
    case 'targeted-support.RequestTriaged.v1':
    case 'targeted-support.LeadProfessionalTold.v1':
      return state;
  }
};
