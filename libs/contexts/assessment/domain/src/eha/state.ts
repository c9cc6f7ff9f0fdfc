import type { Actor, Instant, PersonId, Sealed, Uuid } from '@waymark/kernel';
import type { Professional } from '../common/parts.js';
import type { MemberPart } from './content-events.js';
import type { Need } from './events.js';

/** EHA-02: who contributed it, and for which organisation. */
export interface Section {
  readonly sectionId: Uuid;
  readonly heading: string;
  readonly by: Actor;
  readonly corrects: Uuid | null;
}

/** What the assessment holds, less its texts; a decision needs to know that they are there, not what they say. */
export interface Content {
  /** How many events of content there were: the version that the family agrees to (EHA-09). */
  readonly version: number;
  readonly children: readonly PersonId[];
  readonly members: readonly { readonly personId: PersonId; readonly part: Sealed<MemberPart> }[];
  readonly sections: readonly Section[];
  readonly considerations: readonly string[];
  readonly livedExperience: readonly PersonId[];
  /** Whose voice, or the reason for its absence, is recorded. */
  readonly voices: readonly PersonId[];
  /** EHA-07: all of them, in the order in which they came. */
  readonly views: readonly { readonly viewId: Uuid; readonly personId: PersonId }[];
  readonly needs: readonly (Need & { readonly personId: PersonId })[];
  readonly fatherEfforts: number;
  readonly network: number;
}

export interface Agreement {
  readonly version: number;
  readonly by: PersonId;
}

interface Begun {
  readonly ehaId: Uuid;
  readonly leadProfessional: Professional;
  readonly openedAt: Instant;
  readonly consentGiver: PersonId;
  readonly content: Content;
  readonly agreement: Agreement | null;
}

interface Completion {
  readonly completedAt: Instant;
  readonly completedVersion: number;
}

/** Being written: for the first time, or again after the hub returned it. */
export interface Draft extends Begun {
  readonly status: 'open' | 'returned';
}
/** Completed, and before the hub: to be checked, accepted, or escalated to the MASH. */
export interface Completed extends Begun, Completion {
  readonly status: 'completed' | 'accepted' | 'escalated';
}
export interface Closed extends Begun {
  readonly status: 'closed';
}
export type ActiveEha = Draft | Completed;
export type Eha = { readonly status: 'not-started' } | ActiveEha | Closed;

export const notStarted: Eha = { status: 'not-started' };

export const noContent: Content = {
  version: 0,
  children: [],
  members: [],
  sections: [],
  considerations: [],
  livedExperience: [],
  voices: [],
  views: [],
  needs: [],
  fatherEfforts: 0,
  network: 0,
};

/** FD-07: whatever needs a completed assessment asks this. */
export const accepted = (eha: Eha): eha is Completed => eha.status === 'accepted';

/** Everybody that the assessment knows of the family. */
export const knownPeople = ({ consentGiver, content }: ActiveEha): readonly PersonId[] => [
  consentGiver,
  ...content.children,
  ...content.members.map(({ personId }) => personId),
  ...content.voices,
  ...content.views.map(({ personId }) => personId),
];
