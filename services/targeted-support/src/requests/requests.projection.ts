import type { Recorded } from '@waymark/event-store';
import type { OpenPart } from '@waymark/kernel';
import { projection } from '@waymark/event-processing';
import type { Document } from '@waymark/read-model';
import {
  FamilySignposted,
  InformationProvided,
  RequestReturned,
  RequestSentToPanel,
  RequestSubmitted,
  RequestWithdrawn,
  SupportAllocated,
  type SubmittedRequest,
} from '@waymark/targeted-support-domain';

export const requestCollection = 'targeted-support.requests';

/** A request in the list: ids, dates and how it stands; the kinds of support, which tell of the family, are in the request itself. Nothing that tells who it is about. */
export interface RequestEntry extends Document {
  readonly caseId: string | null;
  readonly status: SubmittedRequest['status'];
  /** The Lead Professional's. */
  readonly organisation: string;
  readonly submittedAt: string;
  /** Since when it has stood as it does. */
  readonly since: string;
}

/** The requests, for the list of what awaits triage. */
export const requests = projection({
  name: requestCollection,
  // Version 1 kept the kinds of support.
  version: 2,
  collections: [{ name: requestCollection, indexes: ['status', 'since', 'caseId'] }],
  handles: [
    RequestSubmitted,
    InformationProvided,
    SupportAllocated,
    RequestSentToPanel,
    RequestReturned,
    FamilySignposted,
    RequestWithdrawn,
  ],
  opens: [],
  needs: ({ data }) => [{ in: requestCollection, id: data.requestId }],
  project: async (event, documents) => {
    if (event.type === RequestSubmitted.type) return documents.put(requestCollection, submitted(event, event.data));
    const before = await documents.get<RequestEntry>(requestCollection, event.data.requestId);
    const status = statusAfter[event.type];
    if (before && status) documents.put(requestCollection, { ...before, status, since: event.occurredAt });
  },
});

const submitted = (
  { caseId, occurredAt }: Pick<Recorded, 'caseId' | 'occurredAt'>,
  { requestId, evidence }: OpenPart<ReturnType<typeof RequestSubmitted>['data']>,
): RequestEntry => ({
  id: requestId,
  caseId,
  status: 'awaiting-triage',
  organisation: evidence.leadProfessional.organisation,
  submittedAt: occurredAt,
  since: occurredAt,
});

const statusAfter: Readonly<Record<string, SubmittedRequest['status']>> = {
  [InformationProvided.type]: 'awaiting-triage',
  [SupportAllocated.type]: 'allocated',
  [RequestSentToPanel.type]: 'with-panel',
  [RequestReturned.type]: 'returned',
  [FamilySignposted.type]: 'signposted',
  [RequestWithdrawn.type]: 'withdrawn',
};
