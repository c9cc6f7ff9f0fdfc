import type { Command, Day, Instant, OrganisationId, PersonId, Uuid } from '@waymark/kernel';
import type { LeadProfessional, Need, Professional } from '../shared/fields.js';

/** Every command about an episode names it. */
interface About<K extends string> extends Command<K> {
  readonly episodeId: Uuid;
}

/** Issued when an assessment was opened (EP-01). */
export interface OpenEpisode extends About<'OpenEpisode'> {
  readonly ehaId: Uuid;
  /** The assessment's initiator, who leads until the first meeting (EHA-02). */
  readonly leadProfessional: LeadProfessional;
}

/** Issued when the assessment was completed. */
export interface NoteEhaCompleted extends About<'NoteEhaCompleted'> {
  readonly ehaId: Uuid;
  readonly completedAt: Instant;
  readonly needs: readonly Need[];
}

/** Issued when the hub accepted the assessment (FD-07). */
export interface NoteEhaAccepted extends About<'NoteEhaAccepted'> {
  readonly ehaId: Uuid;
  readonly acceptedAt: Instant;
}

/** Decided with the family by the end of the first meeting (LP-02). */
export interface ConfirmLeadProfessional extends About<'ConfirmLeadProfessional'> {
  readonly meetingId: Uuid;
  readonly leadProfessional: LeadProfessional;
  /** The members of the family who agreed. */
  readonly agreedBy: readonly PersonId[];
  /** Whether the one named has taken it on; asked for where it is somebody else than before (LP-03). */
  readonly accepted?: boolean | undefined;
  readonly why?: string | undefined;
}

/** A consent as the service's own copy of the ledger had it. */
export interface ConsentFact {
  readonly consentId: Uuid;
  /** The pack's code of what it is for (CON-14). */
  readonly purpose: string;
  /** Given, and neither withdrawn nor run out. */
  readonly inForce: boolean;
  /** How far the ledger was known. */
  readonly ledgerPosition: string;
}

/** Null: the family gave no such consent, as far as is known. */
interface RestsOnConsent {
  readonly evidence: { readonly consent: ConsentFact | null };
}

export interface ProposeLeadProfessional extends About<'ProposeLeadProfessional'>, RestsOnConsent {
  readonly leadProfessional: LeadProfessional;
  readonly why: string;
}

/** By the one who was proposed. The consent is looked at again: it may have been withdrawn since (CON-13). */
export interface AcceptLeadProfessional extends About<'AcceptLeadProfessional'>, RestsOnConsent {}

export interface DeclineLeadProfessional extends About<'DeclineLeadProfessional'> {
  readonly why: string;
}

/** By whoever may propose: nobody is blocked by somebody who does not answer (LP-05). */
export interface WithdrawLeadProfessionalProposal extends About<'WithdrawLeadProfessionalProposal'> {
  readonly why: string;
}

export interface RecordServiceInvolved extends About<'RecordServiceInvolved'> {
  readonly serviceId: Uuid;
  readonly organisation: OrganisationId;
  readonly part: string;
}

export interface RecordServiceEnded extends About<'RecordServiceEnded'> {
  readonly serviceId: Uuid;
  readonly outcome: string;
}

/** By a support officer, with a Lead Professional whose case drifts (ADV-03). */
export interface RecordCheckIn extends About<'RecordCheckIn'> {
  readonly discussion: string;
}

export interface RecordSupervision extends About<'RecordSupervision'> {
  readonly discussion: string;
  readonly direction?: string | undefined;
}

/** Issued when a case drifts without an active plan (EP-02). */
export type PromptClosing = About<'PromptClosing'>;

/** Who was told, or who is around the family. */
export interface Involved {
  readonly people: readonly PersonId[];
  readonly professionals: readonly Professional[];
}

export interface CloseEpisode extends About<'CloseEpisode'> {
  readonly reason?: string | undefined;
  readonly presentCircumstances?: string | undefined;
  readonly supportGiven?: string | undefined;
  readonly told?: Involved | undefined;
  /** Who was invited to meetings, attended them or owns an action. */
  readonly evidence: { readonly involved: Involved };
}

export interface ReopenEpisode extends About<'ReopenEpisode'> {
  readonly reason?: string | undefined;
  readonly evidence: { /** Another episode of the family that is open; null where there is none. */ readonly open: Uuid | null };
}

export interface SetStayInTouch extends About<'SetStayInTouch'> {
  readonly on: Day;
}

export interface RecordStayInTouch extends About<'RecordStayInTouch'> {
  readonly account: string;
}

export interface RecordFeedback extends About<'RecordFeedback'> {
  readonly personId: PersonId;
  readonly feedback: string;
}

export type EpisodeCommand =
  | OpenEpisode
  | NoteEhaCompleted
  | NoteEhaAccepted
  | ConfirmLeadProfessional
  | ProposeLeadProfessional
  | AcceptLeadProfessional
  | DeclineLeadProfessional
  | WithdrawLeadProfessionalProposal
  | RecordServiceInvolved
  | RecordServiceEnded
  | RecordCheckIn
  | RecordSupervision
  | PromptClosing
  | CloseEpisode
  | ReopenEpisode
  | SetStayInTouch
  | RecordStayInTouch
  | RecordFeedback;
