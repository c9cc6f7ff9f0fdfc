import type { Command, Day, PersonId, UserId, Uuid } from '@waymark/kernel';
import type { EpisodeEvidence, RestsOnEpisode } from '../shared/evidence.js';
import type { Need, Professional } from '../shared/fields.js';
import type { endings } from './events.js';

export type Ending = (typeof endings)[number];

interface About<K extends string> extends RestsOnEpisode {
  readonly kind: K;
  readonly episodeId: Uuid;
}

interface AboutAction<K extends string> extends About<K> {
  readonly actionId: Uuid;
}

/** A reaction's or a timer's commands rest on nothing else. */
interface Issued<K extends string> extends Command<K> {
  readonly episodeId: Uuid;
}

/** Issued when the assessment was completed. */
export interface NoteNeeds extends Issued<'NoteNeeds'> {
  readonly ehaId: Uuid;
  readonly needs: readonly Need[];
}

export interface StateFamilyGoal extends About<'StateFamilyGoal'> {
  readonly goalId: Uuid;
  readonly personId: PersonId;
  readonly words: string;
}

export type Owner = Professional | { readonly personId: PersonId };

/** The parts of a SMART action (PLAN-01); each may be missing when it is stated, and is then refused by name. */
export interface Terms {
  readonly needId?: Uuid | undefined;
  readonly what?: string | undefined;
  readonly why?: string | undefined;
  readonly howKnown?: string | undefined;
  readonly means?: string | undefined;
  readonly owner?: Owner | undefined;
  readonly ownerAgreed?: boolean | undefined;
  /** The last day, England. */
  readonly by?: Day | undefined;
}

export interface AgreeAction extends AboutAction<'AgreeAction'>, Terms {
  /** Null where it is agreed between meetings. */
  readonly meetingId: Uuid | null;
  readonly evidence: { readonly episode: EpisodeEvidence | null; /** Whether that meeting was held. */ readonly meetingHeld: boolean };
}

/** Says what changes; what it leaves out stays. A new owner agrees anew. */
export interface ReviseAction extends AboutAction<'ReviseAction'>, Terms {
  readonly whyRevised: string;
}

export interface CompleteAction extends AboutAction<'CompleteAction'> {
  readonly outcome: string;
}

export interface EndAction extends AboutAction<'EndAction'> {
  readonly because: Ending;
  readonly why: string;
}

/** By the Lead Professional, who tells their own line manager and Targeted Support (PLAN-03). */
export interface RaiseNonDelivery extends AboutAction<'RaiseNonDelivery'> {
  readonly concern: string;
  readonly lineManager?: UserId | undefined;
  readonly targetedSupportTold: boolean;
}

/** By the agency that agreed to the action. */
export interface AnswerForNonDelivery extends AboutAction<'AnswerForNonDelivery'> {
  readonly answer: string;
}

/** Issued when an action's date has passed (PLAN-02). */
export interface PromptOwner extends Issued<'PromptOwner'> {
  readonly actionId: Uuid;
}

/** Issued when the owner has not answered the prompt (PLAN-02). */
export interface PromptLeadProfessional extends Issued<'PromptLeadProfessional'> {
  readonly actionId: Uuid;
}

/** Issued when the episode was closed. */
export type StandDownPlan = Issued<'StandDownPlan'>;

export type PlanCommand =
  | NoteNeeds
  | StateFamilyGoal
  | AgreeAction
  | ReviseAction
  | CompleteAction
  | EndAction
  | RaiseNonDelivery
  | AnswerForNonDelivery
  | PromptOwner
  | PromptLeadProfessional
  | StandDownPlan;
