import {
  assessmentAccepted,
  assessmentClosed,
  assessmentCompleted,
  assessmentContracts,
  assessmentEscalated,
  assessmentReturned,
  assessmentUpdated,
} from '@waymark/assessment-contracts';
import { copy, type CopyDefinition } from '@waymark/nest';
import type { MessageOf } from '@waymark/reactions';
import { foldEha, noEha, type EhaCopy, type EhaMessage } from '@waymark/targeted-support-domain';
import { ehaCollection, type Kept } from './collections.js';

const takes = [
  assessmentCompleted,
  assessmentAccepted,
  assessmentReturned,
  assessmentEscalated,
  assessmentUpdated,
  assessmentClosed,
] as const;

/** A case's completed assessments, from what assessment publishes. */
export const ehas: CopyDefinition = copy({
  name: 'targeted-support.ehas-copy',
  collections: [ehaCollection],
  takes,
  outOf: assessmentContracts,
  needs: ({ key }) => [{ in: ehaCollection.name, id: key }],
  take: async (message, documents) => {
    const before = (await documents.get<Kept<EhaCopy>>(ehaCollection.name, message.key)) ?? noEha;
    documents.put(ehaCollection.name, { ...foldEha(before, told(message)), id: message.key });
  },
});

const told = (message: MessageOf<(typeof takes)[number]>): EhaMessage => {
  const { position } = message;
  const { ehaId } = message.data;
  switch (message.type) {
    case assessmentCompleted.type:
      return { kind: 'assessment-completed', position, ehaId, completedAt: message.data.completedAt, needs: message.data.needs };
    case assessmentUpdated.type:
      return { kind: 'assessment-updated', position, ehaId, updatedAt: message.data.updatedAt, needs: message.data.needs };
    case assessmentAccepted.type:
      return { kind: 'assessment-accepted', position, ehaId };
    case assessmentReturned.type:
      return { kind: 'assessment-returned', position, ehaId };
    case assessmentEscalated.type:
      return { kind: 'assessment-escalated', position, ehaId };
    case assessmentClosed.type:
      return { kind: 'assessment-closed', position, ehaId };
  }
};
