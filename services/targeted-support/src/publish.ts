import type { Recorded } from '@waymark/event-store';
import type { CaseId } from '@waymark/kernel';
import type { OutgoingMessage } from '@waymark/event-processing';
import { requestReturned, requestSubmittedV2, requestTriaged, requestWithdrawn } from '@waymark/targeted-support-contracts';
import type { RequestEvent } from '@waymark/targeted-support-domain';

/** What others learn of a request: that it was made, triaged, returned or withdrawn. The rest is this service's own affair. */
export const publish = (recorded: Recorded): readonly OutgoingMessage[] => {
  // Every contract of this service is about a case.
  if (recorded.caseId === null) return [];
  const message = messageOf(recorded as unknown as RequestEvent, recorded.caseId);
  return message ? [message] : [];
};

const messageOf = ({ type, data }: RequestEvent, caseId: CaseId): OutgoingMessage | undefined => {
  const { requestId } = data;
  switch (type) {
    case 'targeted-support.RequestSubmitted.v1':
      return { contract: requestSubmittedV2, data: { caseId, requestId } };
    case 'targeted-support.RequestTriaged.v1':
      return { contract: requestTriaged, data: { caseId, requestId, outcome: data.outcome } };
    case 'targeted-support.RequestReturned.v1':
      return { contract: requestReturned, data: { caseId, requestId } };
    case 'targeted-support.RequestWithdrawn.v1':
      return { contract: requestWithdrawn, data: { caseId, requestId } };
    default:
      return undefined;
  }
};
