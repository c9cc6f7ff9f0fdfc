import type { Command, Day, Instant, OrganisationId, PersonId, Uuid } from '@waymark/kernel';
import type { DataOf, RaiseSafetyConcern } from '../common/commands.js';
import type { CompetenceJudged, ParentInvolvementExplored } from './competence-events.js';
import type { EffortToReachRecorded, Giver, Notice, OtherParentRecorded, RiskOnRefusalJudged } from './events.js';
import type { LawfulBasisRecorded, SharingDecided } from './sharing-events.js';
import type { Method } from './words.js';

/** CON-03: who, in which capacity, for what, for whom, to whom, how, until when. */
export interface GiveConsent extends Command<'GiveConsent'> {
  readonly consentId: Uuid;
  readonly giver: Giver;
  /** `take-part-in-early-help`, or one of the pack's separate consents (CON-14). */
  readonly purpose: string;
  readonly covers: readonly PersonId[];
  readonly agencies: readonly OrganisationId[];
  readonly notice: Notice;
  readonly method: Method;
  readonly until: Instant | null;
}

/** What CON-10 asks for may be missing: the refusal counts, and a prompt asks for the rest. */
export interface RefuseConsent extends Command<'RefuseConsent'> {
  readonly refusalId: Uuid;
  readonly giver: Giver;
  readonly purpose: string;
  readonly reasons: string | null;
  readonly reassurance: string | null;
  readonly alternatives: string | null;
  readonly askAgainOn: Day | null;
}

export interface WithdrawConsent extends Command<'WithdrawConsent'> {
  readonly consentId: Uuid;
  /** Whoever gave it. */
  readonly by: PersonId;
  /** Null: for all agencies. */
  readonly agencies: readonly OrganisationId[] | null;
  readonly reason: string | null;
}

export interface RenewConsent extends Command<'RenewConsent'> {
  readonly consentId: Uuid;
  /** Whoever gave it. */
  readonly by: PersonId;
  readonly agencies: readonly OrganisationId[];
  readonly notice: Notice;
  readonly method: Method;
  readonly until: Instant | null;
}

export type JudgeCompetence = Command<'JudgeCompetence'> & DataOf<typeof CompetenceJudged>;
export type RecordParentInvolvement = Command<'RecordParentInvolvement'> & DataOf<typeof ParentInvolvementExplored>;
export type RecordOtherParent = Command<'RecordOtherParent'> & DataOf<typeof OtherParentRecorded>;
export type RecordEffortToReach = Command<'RecordEffortToReach'> & DataOf<typeof EffortToReachRecorded>;
export type JudgeRiskOnRefusal = Command<'JudgeRiskOnRefusal'> & DataOf<typeof RiskOnRefusalJudged>;
export type DecideSharing = Command<'DecideSharing'> & DataOf<typeof SharingDecided>;
export type DecideNotToShare = Command<'DecideNotToShare'> & DataOf<typeof SharingDecided>;
export type RecordLawfulBasis = Command<'RecordLawfulBasis'> & DataOf<typeof LawfulBasisRecorded>;

export type ConsentCommand =
  | GiveConsent
  | RefuseConsent
  | WithdrawConsent
  | RenewConsent
  | JudgeCompetence
  | RecordParentInvolvement
  | RecordOtherParent
  | RecordEffortToReach
  | JudgeRiskOnRefusal
  | DecideSharing
  | DecideNotToShare
  | RecordLawfulBasis
  | RaiseSafetyConcern;
