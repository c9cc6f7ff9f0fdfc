import { caseCollection } from '@waymark/nest';
import { projection } from '@waymark/reactions';
import { ContactReceived } from '@waymark/referral-domain';

const collection = caseCollection('referral');

/** Which authority a case belongs to: that of the contact which opened it. */
export const cases = projection({
  name: 'referral.case-directory',
  collections: [collection],
  handles: [ContactReceived],
  opens: [],
  project: ({ caseId, data: { authority, opensCase } }, documents) => {
    if (caseId !== null && opensCase) documents.put(collection.name, { id: caseId, authority });
  },
});
