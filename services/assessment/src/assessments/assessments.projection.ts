import {
  EhaAccepted,
  EhaClosed,
  EhaCompleted,
  EhaEscalated,
  EhaReturned,
  EhaStarted,
  EhaUpdated,
  type Eha,
  type LifeEvent,
} from '@waymark/assessment-domain';
import type { Instant } from '@waymark/kernel';
import { projection } from '@waymark/event-processing';
import type { Document } from '@waymark/read-model';

export const assessmentsCollection = 'assessment.assessments';

/** An assessment in the list: enough to choose what to look at next, nothing that tells who it is about. */
export interface AssessmentEntry extends Document {
  readonly caseId: string | null;
  readonly status: Exclude<Eha['status'], 'not-started'>;
  readonly organisation: string;
  readonly openedAt: string;
  readonly completedAt: string | null;
}

/** The assessments, for the list of what still has to be finished, checked or updated. */
export const assessments = projection({
  name: assessmentsCollection,
  collections: [{ name: assessmentsCollection, indexes: ['status', 'openedAt', 'organisation', 'caseId'] }],
  handles: [EhaStarted, EhaCompleted, EhaUpdated, EhaAccepted, EhaReturned, EhaEscalated, EhaClosed],
  opens: [],
  needs: ({ data }) => [{ in: assessmentsCollection, id: data.ehaId }],
  project: async (event, documents) => {
    const before = await documents.get<AssessmentEntry>(assessmentsCollection, event.data.ehaId);
    const after = event.type === EhaStarted.type ? started(event.data, event.caseId) : entryAfter(before, event.type, event.occurredAt);
    if (after) documents.put(assessmentsCollection, after);
  },
});

const started = ({ ehaId, leadProfessional, openedAt }: Parameters<typeof EhaStarted>[0], caseId: string | null): AssessmentEntry => ({
  id: ehaId,
  caseId,
  status: 'open',
  organisation: leadProfessional.organisation,
  openedAt,
  completedAt: null,
});

const entryAfter = (entry: AssessmentEntry | undefined, type: LifeEvent['type'], at: Instant): AssessmentEntry | undefined => {
  if (!entry) return undefined;
  switch (type) {
    case EhaCompleted.type:
      return { ...entry, status: 'completed', completedAt: at };
    case EhaUpdated.type:
      return { ...entry, status: 'accepted', completedAt: at };
    case EhaAccepted.type:
      return { ...entry, status: 'accepted' };
    case EhaReturned.type:
      return { ...entry, status: 'returned', completedAt: null };
    case EhaEscalated.type:
      return { ...entry, status: 'escalated' };
    case EhaClosed.type:
      return { ...entry, status: 'closed' };
    default:
      return entry;
  }
};
