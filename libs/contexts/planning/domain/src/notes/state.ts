import type { Uuid } from '@waymark/kernel';
import type { Professional } from '../shared/fields.js';

export interface Entry {
  readonly noteId: Uuid;
  readonly corrects: Uuid | null;
  /** Whoever wrote it. */
  readonly by: Professional;
}

/** Which entries there are; their words stay in the record. */
export interface Notes {
  readonly entries: readonly Entry[];
}

export const noNotes: Notes = { entries: [] };

/** The entry that corrects this one, if any: whatever shows the note shows that too (GEN-03). */
export const correctionOf = ({ entries }: Notes, noteId: Uuid): Entry | undefined => entries.find(({ corrects }) => corrects === noteId);

/** The entry with which its chain of corrections begins. */
export const firstOf = ({ entries }: Notes, entry: Entry): Entry => {
  const earlier = entries.slice(0, entries.indexOf(entry));
  const before = earlier.find(({ noteId }) => noteId === entry.corrects);
  return before ? firstOf({ entries: earlier }, before) : entry;
};
