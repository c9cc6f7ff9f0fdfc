import type { Command, Instant, OrganisationId, Uuid } from '@waymark/kernel';
import type { TriageOutcome } from '../outcomes.js';

/** Issued by a workflow when a contact asks for it. */
export interface OpenMashEnquiry extends Command<'OpenMashEnquiry'> {
  readonly enquiryId: Uuid;
  readonly contactId: Uuid;
  /** When the contact was received: the 72 hours run from there (FD-03). */
  readonly receivedAt: Instant;
}

interface OfAgency {
  /** A code of the pack's MASH partners or virtual partners (FD-05). */
  readonly agency: string;
  readonly organisation: OrganisationId | null;
}

export interface AskAgency extends Command<'AskAgency'>, OfAgency {
  readonly question: string;
  readonly replyBy: Instant | null;
}

export type AgencyReply =
  | { readonly kind: 'shared'; readonly shared: string; readonly basis: string }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'silent' };

export interface RecordAgencyReply extends Command<'RecordAgencyReply'>, OfAgency {
  readonly reply: AgencyReply;
}

export interface DecideMashEnquiry extends Command<'DecideMashEnquiry'> {
  readonly outcome: TriageOutcome;
  readonly rationale: string;
}

export type MashEnquiryCommand = OpenMashEnquiry | AskAgency | RecordAgencyReply | DecideMashEnquiry;
