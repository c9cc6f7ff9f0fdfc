import type { Instant, OrganisationId, Uuid } from '@waymark/kernel';
import type { TriageOutcome } from '../outcomes.js';

export interface ContactFacts {
  readonly contactId: Uuid;
  readonly receivedAt: Instant;
  readonly organisation: OrganisationId | null;
  /** Whether a member of the public left a way to be reached. */
  readonly contactDetailsKnown: boolean;
  /** How often the hub gave the contact back: the MASH decides once in each round. */
  readonly round: number;
}

export type Contact =
  | { readonly status: 'none' }
  | (ContactFacts & { readonly status: 'received' })
  | (ContactFacts & { readonly status: 'in-mash-enquiry'; readonly enquiryId: Uuid })
  | (ContactFacts & {
      readonly status: 'triaged';
      readonly outcome: TriageOutcome;
      readonly hubEnquiryId: Uuid | null;
      readonly referrerAnswered: boolean;
    });
export type Triaged = Extract<Contact, { status: 'triaged' }>;

export const noContact: Contact = { status: 'none' };
