import { caseCollection, caseEntry } from '@waymark/nest';
import { projection } from '@waymark/event-processing';
import { ContactReceived } from '@waymark/referral-domain';

const collection = caseCollection('referral');

/** Which authority a case is under: that of the contact which opened it. */
export const cases = projection({
  name: 'referral.case-directory',
  collections: [collection],
  handles: [ContactReceived],
  opens: [],
  project: ({ caseId, data: { authority, receivedAt, opensCase } }, documents) => {
    if (caseId !== null && opensCase) documents.put(collection.name, caseEntry(caseId, authority, receivedAt));
  },
});
