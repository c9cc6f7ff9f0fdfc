import type { Uuid } from '@waymark/kernel';
import type { RestsOnEpisode } from '../shared/evidence.js';

interface About<K extends string> extends RestsOnEpisode {
  readonly kind: K;
  readonly episodeId: Uuid;
  readonly noteId: Uuid;
}

export interface AddNote extends About<'AddNote'> {
  readonly text: string;
}

/** A further entry that names the one it corrects, which may itself be a correction. */
export interface CorrectNote extends About<'CorrectNote'> {
  readonly corrects: Uuid;
  readonly text: string;
  readonly why: string;
}

export type NotesCommand = AddNote | CorrectNote;
