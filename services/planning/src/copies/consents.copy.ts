import { assessmentContracts, consentGiven, consentWithdrawn } from '@waymark/assessment-contracts';
import { copy, type CopyDefinition } from '@waymark/nest';
import type { Collection, Document } from '@waymark/read-model';

export const consentCollection: Collection = { name: 'planning.consents', indexes: [] };

/** A consent as far as this service knows it. A withdrawal ends it; a renewal begins it again. */
export interface KeptConsent extends Document {
  readonly caseId: string;
  readonly purpose: string;
  readonly agencies: readonly string[];
  readonly from: string;
  readonly until: string | null;
  /** How far the ledger was known. */
  readonly seenUpTo: string;
  /** When the newest of it was dated; absent in what was kept before this was. */
  readonly toldAt?: string;
}

/** The family's consents, from what assessment publishes: a transfer rests on one (LP-03). */
export const consents: CopyDefinition = copy({
  name: 'planning.consents-copy',
  collections: [consentCollection],
  takes: [consentGiven, consentWithdrawn],
  outOf: assessmentContracts,
  needs: (message) => (message.type === consentWithdrawn.type ? [{ in: consentCollection.name, id: message.data.consentId }] : []),
  take: async (message, documents) => {
    const { position: seenUpTo, time: toldAt } = message;
    if (message.type === consentGiven.type) {
      const { consentId, caseId, purpose, agencies, from, until } = message.data;
      documents.put(consentCollection.name, {
        id: consentId,
        caseId,
        purpose,
        agencies,
        from,
        until,
        seenUpTo,
        toldAt,
      } satisfies KeptConsent);
      return;
    }
    const { consentId, agencies: withdrawn, at } = message.data;
    const known = await documents.get<KeptConsent>(consentCollection.name, consentId);
    if (!known) return;
    const left = withdrawn === null ? [] : known.agencies.filter((agency) => !withdrawn.some((other) => other === agency));
    documents.put(consentCollection.name, { ...known, agencies: left, until: left.length > 0 ? known.until : at, seenUpTo, toldAt });
  },
});
