import { caseCollection, caseEntry } from '@waymark/nest';
import { projection } from '@waymark/event-processing';
import { ContactReceived } from '@waymark/referral-domain';

const collection = caseCollection('reporting');

/** Which authority a case belongs to: that of the contact which opened it. */
export const caseDirectory = projection({
  name: 'reporting.case-directory',
  collections: [collection],
  handles: [ContactReceived],
  opens: [],
  project: ({ caseId, data: { authority, opensCase, receivedAt } }, documents) => {
    if (caseId !== null && opensCase) documents.put(collection.name, caseEntry(caseId, authority, receivedAt));
  },
});
