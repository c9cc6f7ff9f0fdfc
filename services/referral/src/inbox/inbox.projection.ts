import type { EventOf, OpenPart } from '@waymark/kernel';
import { projection } from '@waymark/event-processing';
import type { Document } from '@waymark/read-model';
import {
  ContactAcknowledged,
  ContactReceived,
  ContactReturnedToMash,
  ContactTriaged,
  MashEnquiryRequested,
  type ContactEvent,
} from '@waymark/referral-domain';

export const inboxCollection = 'referral.inbox';

/** A contact in the list: enough to choose what to look at next, nothing that tells who it is about. */
export interface InboxEntry extends Document {
  readonly caseId: string | null;
  readonly reference: string | null;
  readonly authority: string;
  readonly receivedAt: string;
  readonly organisation: string | null;
  readonly immediateConcern: boolean;
  readonly status: 'received' | 'in-mash-enquiry' | 'triaged';
  readonly outcome: string | null;
  readonly mashEnquiryId: string | null;
  readonly hubEnquiryId: string | null;
}

/** The contacts, for the list of what still has to be decided. */
export const inbox = projection({
  name: inboxCollection,
  collections: [{ name: inboxCollection, indexes: ['status', 'receivedAt', 'authority', 'caseId'] }],
  handles: [ContactReceived, ContactAcknowledged, MashEnquiryRequested, ContactTriaged, ContactReturnedToMash],
  opens: [],
  needs: ({ data }) => [{ in: inboxCollection, id: data.contactId }],
  project: async (event, documents) => {
    const before = await documents.get<InboxEntry>(inboxCollection, event.data.contactId);
    const after = entryAfter(before, event, event.caseId);
    if (after) documents.put(inboxCollection, after);
  },
});

const entryAfter = (entry: InboxEntry | undefined, event: OpenPart<ContactEvent>, caseId: string | null): InboxEntry | undefined => {
  if (event.type === ContactReceived.type) return received(event.data, caseId);
  if (!entry) return undefined;
  switch (event.type) {
    case ContactAcknowledged.type:
      return { ...entry, reference: event.data.reference };
    case MashEnquiryRequested.type:
      return { ...entry, status: 'in-mash-enquiry', mashEnquiryId: event.data.enquiryId };
    case ContactTriaged.type:
      return { ...entry, status: 'triaged', outcome: event.data.outcome, hubEnquiryId: event.data.hubEnquiryId };
    case ContactReturnedToMash.type:
      return { ...entry, status: 'received', outcome: null };
    default:
      return entry;
  }
};

const received = (
  { contactId, authority, receivedAt, organisation, immediateConcern }: OpenPart<EventOf<typeof ContactReceived>['data']>,
  caseId: string | null,
): InboxEntry => ({
  id: contactId,
  caseId,
  reference: null,
  authority,
  receivedAt,
  organisation,
  immediateConcern,
  status: 'received',
  outcome: null,
  mashEnquiryId: null,
  hubEnquiryId: null,
});
