import type { Command, Day, OrganisationId, PersonId, UserId, Uuid } from '@waymark/kernel';
import type { Authority, ThresholdLevel } from '@waymark/policy';
import type { HubEnd, TriageOutcome } from '../outcomes.js';
import type { births, Relationship } from './people.js';

/** Whoever made the contact; null where they stay anonymous (FD-01). */
export interface ReferrerDetails {
  readonly personId: PersonId;
  readonly name: string | null;
  readonly contactDetails: string | null;
}

export type ContactSource =
  | { readonly kind: 'professional'; readonly organisation: OrganisationId; readonly referrer: ReferrerDetails | null }
  | { readonly kind: 'public'; readonly referrer: ReferrerDetails | null };

/** The case id is minted by the caller when the contact opens a case, and names one that is there when it joins it. */
export interface ReceiveContact extends Command<'ReceiveContact'> {
  readonly contactId: Uuid;
  readonly authority: Authority;
  readonly opensCase: boolean;
  readonly source: ContactSource;
  readonly child: {
    readonly personId: PersonId;
    readonly name: string | null;
    readonly birth: (typeof births)[number];
    readonly dateOfBirth: Day | null;
  };
  readonly household: readonly { readonly personId: PersonId; readonly name: string | null; readonly relationship: Relationship }[];
  readonly concern: string;
  readonly reasons: readonly string[];
  readonly immediateConcern: boolean;
}

/** Asks for a MASH enquiry before the contact is decided on; the enquiry opens by itself. */
export interface RequestMashEnquiry extends Command<'RequestMashEnquiry'> {
  readonly contactId: Uuid;
}

export interface Judgement {
  readonly level: ThresholdLevel;
  readonly topOfLevel: boolean;
  readonly indicators: readonly string[];
  readonly reasoning: string;
}

export interface TriageContact extends Command<'TriageContact'> {
  readonly contactId: Uuid;
  readonly outcome: TriageOutcome;
  readonly rationale: string;
  readonly threshold: Judgement | null;
}

/** Issued by a workflow: a MASH enquiry has decided, and that decision ends the triage. */
export interface ConcludeTriage extends Command<'ConcludeTriage'> {
  readonly contactId: Uuid;
  readonly mashEnquiryId: Uuid;
  readonly outcome: TriageOutcome;
  readonly decidedBy: UserId;
}

/** Issued by a workflow: the hub gave the contact back. */
export interface ReturnContactToMash extends Command<'ReturnContactToMash'> {
  readonly contactId: Uuid;
  readonly hubEnquiryId: Uuid;
}

/** Issued by a workflow once the final outcome is known. `way` where a person told the maker themself. */
export interface TellReferrer extends Command<'TellReferrer'> {
  readonly contactId: Uuid;
  readonly hubEnd: HubEnd | null;
  readonly way: 'telephone' | 'letter' | 'in-person' | null;
}

export type ContactCommand = ReceiveContact | RequestMashEnquiry | TriageContact | ConcludeTriage | ReturnContactToMash | TellReferrer;
