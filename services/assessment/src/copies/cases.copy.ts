import { caseCollection, copy, type CaseEntry, type CopyDefinition } from '@waymark/nest';
import { contactReceived, referralContracts } from '@waymark/referral-contracts';

const collection = caseCollection('assessment');

/** Which authority a case belongs to: the one it was first known under. */
export const cases: CopyDefinition = copy({
  name: 'assessment.cases-copy',
  collections: [collection],
  takes: [contactReceived],
  outOf: referralContracts,
  needs: ({ data: { caseId } }) => [{ in: collection.name, id: caseId }],
  take: async ({ data: { caseId, authority } }, documents) => {
    const known = await documents.get<CaseEntry & { readonly [field: string]: unknown }>(collection.name, caseId);
    if (!known) documents.put(collection.name, { id: caseId, authority });
  },
});
