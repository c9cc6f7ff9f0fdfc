import {
  assessmentAccepted,
  assessmentAcceptedV2,
  assessmentClosed,
  assessmentCompleted,
  assessmentCompletedV2,
  assessmentContracts,
  assessmentEscalated,
  assessmentReturned,
  assessmentUpdated,
  assessmentUpdatedV2,
} from '@waymark/assessment-contracts';
import type { Uuid } from '@waymark/kernel';
import { replica, type ReplicaDefinition } from '@waymark/nest';
import type { MessageOf } from '@waymark/event-processing';
import { foldEha, noEha, type EhaReplica, type EhaMessage, type EvidencedNeed } from '@waymark/targeted-support-domain';
import { ehaCollection, type Kept } from './collections.js';

const takes = [
  assessmentCompleted,
  assessmentCompletedV2,
  assessmentAccepted,
  assessmentAcceptedV2,
  assessmentReturned,
  assessmentEscalated,
  assessmentUpdated,
  assessmentUpdatedV2,
  assessmentClosed,
] as const;

/** A case's completed assessments, from what assessment publishes. */
export const ehas: ReplicaDefinition = replica({
  name: 'targeted-support.ehas-copy',
  collections: [ehaCollection],
  takes,
  outOf: assessmentContracts,
  needs: ({ key }) => [{ in: ehaCollection.name, id: key }],
  take: async (message, documents) => {
    const before = (await documents.get<Kept<EhaReplica>>(ehaCollection.name, message.key)) ?? noEha;
    documents.put(ehaCollection.name, { ...foldEha(before, told(message)), id: message.key });
  },
});

/** A request goes by the ids of needs; the codes that version 1 brought are let go. */
const byId = (needs: readonly (Uuid | { readonly needId: Uuid })[]): readonly EvidencedNeed[] =>
  needs.map((need) => ({ needId: typeof need === 'string' ? need : need.needId }));

const told = (message: MessageOf<(typeof takes)[number]>): EhaMessage => {
  const { position } = message;
  const { ehaId } = message.data;
  switch (message.type) {
    case assessmentCompleted.type:
    case assessmentCompletedV2.type:
      return { kind: 'assessment-completed', position, ehaId, completedAt: message.data.completedAt, needs: byId(message.data.needs) };
    case assessmentUpdated.type:
    case assessmentUpdatedV2.type:
      return { kind: 'assessment-updated', position, ehaId, updatedAt: message.data.updatedAt, needs: byId(message.data.needs) };
    case assessmentAccepted.type:
    case assessmentAcceptedV2.type:
      return { kind: 'assessment-accepted', position, ehaId };
    case assessmentReturned.type:
      return { kind: 'assessment-returned', position, ehaId };
    case assessmentEscalated.type:
      return { kind: 'assessment-escalated', position, ehaId };
    case assessmentClosed.type:
      return { kind: 'assessment-closed', position, ehaId };
  }
};
