import type { Instant, PersonId, Uuid } from '@waymark/kernel';
import type { EpisodeEvidence, RestsOnEpisode } from '../shared/evidence.js';
import type { Need, Professional } from '../shared/fields.js';
import type { impacts, parts, withholdings } from './events.js';

export type Part = (typeof parts)[number];
export type Impact = (typeof impacts)[number];
export type Withholding = (typeof withholdings)[number];

interface About<K extends string> extends RestsOnEpisode {
  readonly kind: K;
  readonly episodeId: Uuid;
}

interface AboutMeeting<K extends string> extends About<K> {
  /** Minted with the first command about the meeting. */
  readonly meetingId: Uuid;
}

/** People of the family and professionals. */
export interface Around {
  readonly people: readonly PersonId[];
  readonly professionals: readonly Professional[];
}

/** A reaction's commands rest on what they carry, not on the episode. */
interface Noted<K extends string> extends Omit<About<K>, 'evidence'> {
  readonly ehaId: Uuid;
}

/** Issued when the assessment was completed (TAF-01). */
export interface ExpectFirstMeeting extends Noted<'ExpectFirstMeeting'> {
  readonly completedAt: Instant;
  readonly needs: readonly Need[];
}

/** Issued when the hub accepted the assessment (FD-07). */
export interface NoteEhaAccepted extends Noted<'NoteEhaAccepted'> {
  readonly acceptedAt: Instant;
}

/** May be repeated for a meeting: what is agreed adds up. */
export interface AgreeInvitees extends AboutMeeting<'AgreeInvitees'>, Around {
  /** The member of the family who agreed. */
  readonly agreedBy?: PersonId | undefined;
}

export interface InviteToTaf extends AboutMeeting<'InviteToTaf'>, Around {
  readonly plannedFor: Instant;
}

/** Of somebody who cannot attend (TAF-05). */
export interface RecordViews extends AboutMeeting<'RecordViews'> {
  readonly of: { readonly personId: PersonId } | { readonly professional: Professional };
  readonly views: string;
}

export interface HoldTaf extends AboutMeeting<'HoldTaf'> {
  readonly heldAt: Instant;
  readonly attended: {
    readonly people: readonly { readonly personId: PersonId; readonly part: Part }[];
    readonly professionals: readonly Professional[];
  };
  /** Views put to the meeting that were not recorded before it. */
  readonly represented: readonly { readonly personId: PersonId; readonly views: string }[];
  /** Codes of the pack's agenda (TAF-07). */
  readonly discussed: readonly string[];
  readonly summary?: string | undefined;
  /** Of a review (TAF-08). */
  readonly impact?: Impact | undefined;
}

export interface ShareRecord extends AboutMeeting<'ShareRecord'>, Around {
  readonly withheld: readonly ({ readonly because: Withholding } & (
    { readonly personId: PersonId } | { readonly professional: Professional }
  ))[];
  readonly evidence: {
    readonly episode: EpisodeEvidence | null;
    /** Actions of the family's plan so far. */
    readonly planActions: number;
  };
}

/** Issued when the episode was closed. */
export type StandDownMeetings = Omit<About<'StandDownMeetings'>, 'evidence'>;

/** Issued when the episode was reopened. */
export interface TakeUpMeetings extends Omit<About<'TakeUpMeetings'>, 'evidence'> {
  readonly reopenedAt: Instant;
}

export type TafCommand =
  | ExpectFirstMeeting
  | NoteEhaAccepted
  | AgreeInvitees
  | InviteToTaf
  | RecordViews
  | HoldTaf
  | ShareRecord
  | StandDownMeetings
  | TakeUpMeetings;
