import { assessmentContracts, consentGiven, consentWithdrawn } from '@waymark/assessment-contracts';
import { copy, type CopyDefinition } from '@waymark/nest';
import type { MessageOf } from '@waymark/reactions';
import { foldConsent, noConsents, type ConsentCopy, type ConsentMessage } from '@waymark/targeted-support-domain';
import { consentCollection, type Kept } from './collections.js';

const takes = [consentGiven, consentWithdrawn] as const;

/** Whom a family's consents reach and when, from what assessment publishes. */
export const consents: CopyDefinition = copy({
  name: 'targeted-support.consents-copy',
  collections: [consentCollection],
  takes,
  outOf: assessmentContracts,
  needs: ({ key }) => [{ in: consentCollection.name, id: key }],
  take: async (message, documents) => {
    const before = (await documents.get<Kept<ConsentCopy>>(consentCollection.name, message.key)) ?? noConsents;
    documents.put(consentCollection.name, { ...foldConsent(before, told(message)), id: message.key, toldAt: message.time });
  },
});

const told = (message: MessageOf<(typeof takes)[number]>): ConsentMessage => {
  const { position } = message;
  switch (message.type) {
    case consentGiven.type: {
      const { consentId, purpose, agencies, from, until } = message.data;
      return { kind: 'consent-given', position, consentId, purpose, agencies, from, until };
    }
    case consentWithdrawn.type: {
      const { consentId, agencies, at } = message.data;
      return { kind: 'consent-withdrawn', position, consentId, agencies, at };
    }
  }
};
