import { defineEvent, LongText, revealText, sealed, Uuid, type EventOf } from '@waymark/kernel';
import { Evidence } from '../shared/evidence.js';

const note = { episodeId: Uuid, noteId: Uuid };
const story = () => sealed(LongText, { of: 'caseId' });

export const NoteAdded = defineEvent(
  'planning.NoteAdded.v1',
  { ...note, text: story(), evidence: Evidence },
  ({ text }) => `A case note was added: ${revealText(text)}`,
);

/** The note that it corrects stays as it was; readers show both (GEN-03). */
export const NoteCorrected = defineEvent(
  'planning.NoteCorrected.v1',
  { ...note, corrects: Uuid, text: story(), why: story(), evidence: Evidence },
  ({ text, why }) => `A further entry corrects an earlier case note: ${revealText(text)} Why: ${revealText(why)}`,
);

const definitions = [NoteAdded, NoteCorrected] as const;

export type NotesEvent = EventOf<(typeof definitions)[number]>;
export const notesEvents = [...definitions];
