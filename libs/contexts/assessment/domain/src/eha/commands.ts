import type { Command, Instant, PersonId, Uuid } from '@waymark/kernel';
import type { DataOf, RaiseSafetyConcern } from '../common/commands.js';
import type { ConsentEvidence, Professional } from '../common/parts.js';
import type * as content from './content-events.js';
import type { checkResults } from './events.js';

/** Follows an opened assessment, from whoever is first: the request itself, or the workflow behind it. */
export interface StartEha extends Command<'StartEha'> {
  readonly ehaId: Uuid;
  readonly leadProfessional: Professional;
  /** When the assessment was opened; its deadline runs from then (EHA-08). */
  readonly openedAt: Instant;
  /** Whose consent it was opened on. */
  readonly consentGiver: PersonId;
}

export type NameChild = Command<'NameChild'> & DataOf<typeof content.ChildNamed>;
export type InviteFamilyMember = Command<'InviteFamilyMember'> & DataOf<typeof content.FamilyMemberInvited>;
export type ContributeSection = Command<'ContributeSection'> & DataOf<typeof content.SectionContributed>;
export type AnswerConsideration = Command<'AnswerConsideration'> & DataOf<typeof content.ConsiderationAnswered>;
export type RecordLivedExperience = Command<'RecordLivedExperience'> & DataOf<typeof content.LivedExperienceRecorded>;
export type RecordVoice = Command<'RecordVoice'> & DataOf<typeof content.VoiceRecorded>;
export type RecordAbsence = Command<'RecordAbsence'> & DataOf<typeof content.VoiceAbsent>;
export type RecordView = Command<'RecordView'> & DataOf<typeof content.ViewRecorded>;
export type IdentifyNeed = Command<'IdentifyNeed'> & DataOf<typeof content.NeedIdentified>;
export type RecordFatherEffort = Command<'RecordFatherEffort'> & DataOf<typeof content.FatherEffortRecorded>;
export type RecordNetwork = Command<'RecordNetwork'> & DataOf<typeof content.NetworkRecorded>;

export interface AgreeVersion extends Command<'AgreeVersion'> {
  /** The content version that was seen. */
  readonly version: number;
  /** Somebody of the family whom the assessment knows. */
  readonly by: PersonId;
}

interface Finishing {
  readonly copyGivenTo: readonly PersonId[];
  readonly evidence: ConsentEvidence;
}
export interface FinaliseEha extends Command<'FinaliseEha'>, Finishing {}
export interface UpdateEha extends Command<'UpdateEha'>, Finishing {}

export type CheckResult = (typeof checkResults)[number];

export interface RecordHubCheck extends Command<'RecordHubCheck'> {
  readonly safeguarding: CheckResult;
  readonly quality: CheckResult;
  readonly note: string | null;
  readonly outcome: 'accepted' | 'returned' | 'escalated';
  /** Why it is returned or escalated; null where it is accepted. */
  readonly reasons: string | null;
}

export type CloseEha = Command<'CloseEha'>;

export type ContentCommand =
  | NameChild
  | InviteFamilyMember
  | ContributeSection
  | AnswerConsideration
  | RecordLivedExperience
  | RecordVoice
  | RecordAbsence
  | RecordView
  | IdentifyNeed
  | RecordFatherEffort
  | RecordNetwork;

export type EhaCommand =
  StartEha | ContentCommand | AgreeVersion | FinaliseEha | UpdateEha | RecordHubCheck | CloseEha | RaiseSafetyConcern;
