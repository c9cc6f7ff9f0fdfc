import { assessmentContracts, consentGiven, consentWithdrawn, sharingDecided } from '@waymark/assessment-contracts';
import { copy, type CopyDefinition } from '@waymark/nest';
import type { Collection, Document } from '@waymark/read-model';
import { begun, ended, type Reach } from './reach.js';

export const reachCollection: Collection = { name: 'planning.reach', indexes: [] };

/** Which agencies may be told of a family, by its case. */
export interface KeptReach extends Document {
  readonly reach: Reach;
  /** How far it is known; what comes again changes nothing. */
  readonly seenUpTo: string;
  /** When the newest of it was dated; absent in what was kept before this was. */
  readonly toldAt?: string;
}

const takingPart = 'take-part-in-early-help';

/** Whom the family's consent to take part reaches, or a decision to share without it: a meeting's record goes to nobody else (CON-13). */
export const reach: CopyDefinition = copy({
  name: 'planning.reach-copy',
  collections: [reachCollection],
  takes: [consentGiven, consentWithdrawn, sharingDecided],
  outOf: assessmentContracts,
  needs: ({ data: { caseId } }) => [{ in: reachCollection.name, id: caseId }],
  take: async (message, documents) => {
    const { caseId } = message.data;
    const known = await documents.get<KeptReach>(reachCollection.name, caseId);
    if (known && message.position <= known.seenUpTo) return;
    const after = afterMessage(known?.reach ?? [], message);
    documents.put(reachCollection.name, { id: caseId, reach: after, seenUpTo: message.position, toldAt: message.time } satisfies KeptReach);
  },
});

type Message = Parameters<Parameters<typeof copy<typeof consentGiven | typeof consentWithdrawn | typeof sharingDecided>>[0]['take']>[0];

const afterMessage = (before: Reach, message: Message): Reach => {
  if (message.type === consentGiven.type) {
    const { consentId: ground, purpose, agencies, from, until } = message.data;
    return purpose === takingPart ? begun(before, { ground, agencies, from, until }) : before;
  }
  if (message.type === consentWithdrawn.type) {
    const { consentId: ground, agencies, at } = message.data;
    return ended(before, { ground, agencies, at });
  }
  const { decisionId: ground, share, agencies, at } = message.data;
  return share === 'yes' ? begun(before, { ground, agencies, from: at, until: null }) : before;
};
