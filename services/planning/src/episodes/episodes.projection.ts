import { episodeEvents, planEvents, planningDeadlines, tafEvents, type Professional } from '@waymark/planning-domain';
import { projection, type Documents } from '@waymark/event-processing';
import type { Document } from '@waymark/read-model';

export const episodesCollection = 'planning.episodes';

/** An episode in the list: who leads it and how it stands, nothing that tells who it is about, and not why it was closed. */
export interface EpisodeEntry extends Document {
  readonly caseId: string;
  readonly ehaId: string;
  readonly status: 'open' | 'closed';
  readonly leadUser: string;
  readonly leadOrganisation: string;
  /** LP-04. */
  readonly transfers: number;
  readonly workers: readonly string[];
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly lastMeetingAt: string | null;
  readonly reviewFrom: string | null;
  readonly reviewBy: string | null;
  /** TAF-02. */
  readonly drifting: boolean;
  /** EP-02. */
  readonly closingPrompted: boolean;
  readonly stayInTouchOn: string | null;
}

const handles = [
  episodeEvents.EpisodeOpened,
  episodeEvents.LeadProfessionalConfirmed,
  episodeEvents.LeadProfessionalAccepted,
  episodeEvents.ClosingPrompted,
  episodeEvents.EpisodeClosed,
  episodeEvents.EpisodeReopened,
  episodeEvents.StayInTouchSet,
  tafEvents.TafHeld,
  tafEvents.ReviewWindowSet,
  tafEvents.MeetingsStoodDown,
  planEvents.ActionAgreed,
  planningDeadlines.DeadlineMissed,
] as const;

type Handled = Parameters<Parameters<typeof projection<(typeof handles)[number], never>>[0]['project']>[0];

/** The episodes, by who leads them and how they stand. */
export const episodes = projection({
  name: episodesCollection,
  // Version 1 kept why an episode was closed.
  version: 2,
  collections: [{ name: episodesCollection, indexes: ['status', 'caseId', 'leadUser', 'leadOrganisation', 'drifting', 'openedAt'] }],
  handles,
  opens: [],
  needs: (event) => [{ in: episodesCollection, id: episodeOf(event) }],
  project: async (event, documents) => {
    if (event.type === episodeEvents.EpisodeOpened.type) documents.put(episodesCollection, opened(event));
    else await change(event, documents);
  },
});

const change = async (event: Exclude<Handled, { type: typeof episodeEvents.EpisodeOpened.type }>, documents: Documents): Promise<void> => {
  const entry = await documents.get<EpisodeEntry>(episodesCollection, episodeOf(event));
  if (entry) documents.put(episodesCollection, after(entry, event));
};

/** A deadline names no episode; the stream that it stands in does. */
const episodeOf = (event: Handled): string =>
  'episodeId' in event.data ? event.data.episodeId : event.stream.slice(event.stream.indexOf('-') + 1);

const opened = ({ data, caseId, occurredAt }: Extract<Handled, { type: typeof episodeEvents.EpisodeOpened.type }>): EpisodeEntry => ({
  id: data.episodeId,
  caseId: caseId ?? '',
  ehaId: data.ehaId,
  status: 'open',
  ...ledBy(data.leadProfessional),
  transfers: 0,
  workers: [handleOf(data.leadProfessional)],
  openedAt: occurredAt,
  closedAt: null,
  lastMeetingAt: null,
  reviewFrom: null,
  reviewBy: null,
  drifting: false,
  closingPrompted: false,
  stayInTouchOn: null,
});

const after = (entry: EpisodeEntry, event: Handled): EpisodeEntry => {
  switch (event.type) {
    case episodeEvents.LeadProfessionalConfirmed.type:
    case episodeEvents.LeadProfessionalAccepted.type: {
      const { leadProfessional, transfers } = event.data;
      return { ...entry, ...ledBy(leadProfessional), transfers, workers: withWorkers(entry, [leadProfessional]) };
    }
    case episodeEvents.ClosingPrompted.type:
      return { ...entry, closingPrompted: true };
    case episodeEvents.EpisodeClosed.type:
      return { ...entry, status: 'closed', closedAt: event.occurredAt, closingPrompted: false };
    case episodeEvents.EpisodeReopened.type:
      return { ...entry, status: 'open', closedAt: null, stayInTouchOn: null };
    case episodeEvents.StayInTouchSet.type:
      return { ...entry, stayInTouchOn: event.data.on };
    case tafEvents.TafHeld.type:
      return {
        ...entry,
        lastMeetingAt: entry.lastMeetingAt && entry.lastMeetingAt > event.data.heldAt ? entry.lastMeetingAt : event.data.heldAt,
        workers: withWorkers(entry, event.data.attended.professionals),
      };
    case tafEvents.ReviewWindowSet.type:
      return { ...entry, reviewFrom: event.data.from, reviewBy: event.data.by, drifting: false };
    case tafEvents.MeetingsStoodDown.type:
      return { ...entry, reviewFrom: null, reviewBy: null, drifting: false };
    case planEvents.ActionAgreed.type:
      return { ...entry, workers: withWorkers(entry, event.data.professional ? [event.data.professional] : []) };
    case planningDeadlines.DeadlineMissed.type:
      return event.data.rule === 'TAF-02' ? { ...entry, drifting: true } : entry;
    default:
      return entry;
  }
};

const ledBy = ({ user, organisation }: Professional) => ({ leadUser: user, leadOrganisation: organisation });
const handleOf = ({ user, organisation }: Professional): string => `${user}@${organisation}`;
const withWorkers = ({ workers }: EpisodeEntry, more: readonly Professional[]): readonly string[] => [
  ...new Set([...workers, ...more.map(handleOf)]),
];
