import type { ConsentFact } from '@waymark/consent';
import type { AnyContract, PublishedOf } from '@waymark/kernel';
import { consentGiven, consentGivenV2, consentWithdrawn, sharingDecided, sharingDecidedV2 } from './contracts.js';

/** What is published of a family's consent: whoever keeps a copy of its ledger takes these. */
export const consentContracts = [consentGiven, consentGivenV2, consentWithdrawn, sharingDecided, sharingDecidedV2] as const;

type Published<C> = C extends AnyContract ? PublishedOf<C> : never;
export type ConsentMessage = Published<(typeof consentContracts)[number]>;

/** What a message tells of consent; undefined where it was decided not to share, which allows nothing. */
export const consentFactOf = (message: ConsentMessage): ConsentFact | undefined => {
  switch (message.type) {
    case consentGiven.type:
      return { kind: 'given', giver: null, covers: null, ...given(message.data) };
    case consentGivenV2.type:
      return { kind: 'given', giver: message.data.giver, covers: message.data.covers, ...given(message.data) };
    case consentWithdrawn.type: {
      const { consentId, agencies, at, because } = message.data;
      return { kind: 'withdrawn', consentId, agencies, at, because };
    }
    case sharingDecided.type: {
      const { share, decisionId, agencies, at } = message.data;
      return share === 'yes' ? { kind: 'sharing-decided', decisionId, about: null, agencies, from: at, until: null } : undefined;
    }
    case sharingDecidedV2.type: {
      const { share, decisionId, about, agencies, from, until } = message.data;
      return share === 'yes' ? { kind: 'sharing-decided', decisionId, about, agencies, from, until } : undefined;
    }
  }
};

type Given = PublishedOf<typeof consentGiven>['data'];
const given = ({ consentId, purpose, agencies, from, until }: Given) => ({ consentId, purpose, agencies, from, until });
