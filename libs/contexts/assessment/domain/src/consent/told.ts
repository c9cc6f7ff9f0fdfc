import type { ConsentFact } from '@waymark/consent';
import type { DomainEvent, EventOf, OpenPart, Description } from '@waymark/kernel';
import { ConsentGiven, ConsentRenewed, ConsentSuspended, ConsentWithdrawn } from './events.js';
import { SharingDecided } from './sharing-events.js';

/** The events that say to what a family has agreed, and what it has taken back. */
const handles = [ConsentGiven, ConsentRenewed, ConsentWithdrawn, ConsentSuspended, SharingDecided] as const;

/** The open part alone: nothing is opened to know whom a consent reaches. */
type Told<E> =
  E extends DomainEvent<infer T, infer Data>
    ? { readonly type: T; readonly data: OpenPart<Data> } & Pick<Description, 'occurredAt'>
    : never;

const factOf = (event: Told<EventOf<(typeof handles)[number]>>): ConsentFact => {
  const { occurredAt: at } = event;
  switch (event.type) {
    case ConsentGiven.type: {
      const { consentId, giver, purpose, covers, agencies, until } = event.data;
      return { kind: 'given', consentId, giver: giver.personId, purpose, covers, agencies, from: at, until };
    }
    case ConsentRenewed.type: {
      const { consentId, purpose, agencies, until } = event.data;
      return { kind: 'given', consentId, giver: null, purpose, covers: null, agencies, from: at, until };
    }
    case ConsentWithdrawn.type: {
      const { consentId, agencies } = event.data;
      return { kind: 'withdrawn', consentId, agencies, at, because: 'withdrawn' };
    }
    case ConsentSuspended.type:
      return { kind: 'withdrawn', consentId: event.data.consentId, agencies: null, at, because: 'suspended' };
    case SharingDecided.type: {
      const { decisionId, about, agencies } = event.data;
      return { kind: 'sharing-decided', decisionId, about, agencies, from: at, until: null };
    }
  }
};

/** For whoever keeps a ledger from the record: it comes to the same as the family's own, and as what is published of it. */
export const consentTelling = { handles, factOf };
