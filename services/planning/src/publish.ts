import type { Recorded } from '@waymark/event-store';
import type { CaseId, Instant } from '@waymark/kernel';
import {
  actionAgreed,
  actionOverdue,
  caseDrifting,
  deadlineMissed,
  episodeClosedV2,
  episodeOpened,
  episodeReopened,
  leadProfessionalChanged,
  tafHeld,
  teamAgreed,
} from '@waymark/planning-contracts';
import {
  episodeEvents,
  planEvents,
  planningDeadlines,
  tafEvents,
  type EpisodeEvent,
  type PlanEvent,
  type PlanningDeadlineEvent,
  type TafEvent,
} from '@waymark/planning-domain';
import type { OutgoingMessage } from '@waymark/event-processing';

interface Where {
  readonly caseId: CaseId;
  readonly at: Instant;
  readonly stream: string;
}

/** What others learn of planning's events: ids, codes and dates. Nothing for an event that is planning's own affair. */
export const publish = ({ caseId, occurredAt: at, stream, ...event }: Recorded): readonly OutgoingMessage[] => {
  // Every contract of this service is about a case.
  if (caseId === null) return [];
  const where = { caseId, at, stream };
  const message = publishEpisode(event as EpisodeEvent, where) ?? publishWork(event as TafEvent | PlanEvent, where);
  return message ? [message] : [];
};

const publishEpisode = (event: EpisodeEvent, { caseId, at }: Where): OutgoingMessage | undefined => {
  switch (event.type) {
    case episodeEvents.EpisodeOpened.type: {
      const { episodeId, ehaId, leadProfessional } = event.data;
      return { contract: episodeOpened, data: { caseId, episodeId, ehaId, leadProfessional, openedAt: at } };
    }
    case episodeEvents.EpisodeClosed.type:
      return { contract: episodeClosedV2, data: { caseId, episodeId: event.data.episodeId, closedAt: at } };
    case episodeEvents.EpisodeReopened.type: {
      const { episodeId, leadProfessional } = event.data;
      return { contract: episodeReopened, data: { caseId, episodeId, leadProfessional, reopenedAt: at } };
    }
    case episodeEvents.LeadProfessionalConfirmed.type: {
      const { episodeId, leadProfessional, changed } = event.data;
      return changed ? { contract: leadProfessionalChanged, data: { caseId, episodeId, leadProfessional, since: at } } : undefined;
    }
    case episodeEvents.LeadProfessionalAccepted.type: {
      const { episodeId, leadProfessional } = event.data;
      return { contract: leadProfessionalChanged, data: { caseId, episodeId, leadProfessional, since: at } };
    }
    default:
      return undefined;
  }
};

const publishWork = (event: TafEvent | PlanEvent, { caseId, at, stream }: Where): OutgoingMessage | undefined => {
  switch (event.type) {
    case tafEvents.TafInvitationsSent.type: {
      const { episodeId, professionals } = event.data;
      return professionals.length === 0 ? undefined : { contract: teamAgreed, data: { caseId, episodeId, professionals, at } };
    }
    case tafEvents.TafHeld.type: {
      const { episodeId, meetingId, heldAt, first } = event.data;
      return { contract: tafHeld, data: { caseId, episodeId, meetingId, heldAt, first } };
    }
    case planEvents.ActionAgreed.type: {
      const { episodeId, actionId, needId, professional, by } = event.data;
      const ownedBy = professional ? 'professional' : 'family-member';
      return { contract: actionAgreed, data: { caseId, episodeId, actionId, needId, ownedBy, by } };
    }
    case planningDeadlines.DeadlineMissed.type:
      return publishMiss(event.data, caseId, stream.slice(stream.indexOf('-') + 1));
    default:
      return undefined;
  }
};

type Missed = Extract<PlanningDeadlineEvent, { type: typeof planningDeadlines.DeadlineMissed.type }>['data'];

/** The episode's id is that of every aggregate about it, so the stream names it. */
const publishMiss = ({ deadlineId, rule, about, dueAt }: Missed, caseId: CaseId, episodeId: string): OutgoingMessage => {
  switch (rule) {
    case 'PLAN-02':
      return { contract: actionOverdue, data: { caseId, episodeId, actionId: about, dueAt } };
    case 'TAF-02':
      return { contract: caseDrifting, data: { caseId, episodeId, since: dueAt } };
    default:
      return { contract: deadlineMissed, data: { caseId, episodeId, deadlineId, rule, dueAt } };
  }
};
