import { caseCollection, caseEntry, replica, type ReplicaDefinition } from '@waymark/nest';
import type { Authority } from '@waymark/policy';
import { contactReceived, referralContracts } from '@waymark/referral-contracts';

const collection = caseCollection('targeted-support');

/** Which authority a case is under: the one that it was first known under. */
export const cases: ReplicaDefinition = replica({
  name: 'targeted-support.cases-copy',
  collections: [collection],
  takes: [contactReceived],
  outOf: referralContracts,
  needs: ({ data: { caseId } }) => [{ in: collection.name, id: caseId }],
  take: async ({ data: { caseId, authority, receivedAt } }, documents) => {
    const known = await documents.get(collection.name, caseId);
    if (!known) documents.put(collection.name, caseEntry(caseId, authority as Authority, receivedAt));
  },
});
