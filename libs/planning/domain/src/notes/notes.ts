import type { Aggregate, Fact } from '@waymark/kernel';
import type { PolicyPack } from '@waymark/policy';
import type { NotesCommand } from './commands.js';
import { decide } from './decide.js';
import { notesEvents, type NotesEvent } from './events.js';
import { noNotes, type Notes } from './state.js';

const evolve = ({ entries }: Notes, { data, actor: { user, organisation } }: Fact<NotesEvent>): Notes => ({
  entries: [...entries, { noteId: data.noteId, corrects: 'corrects' in data ? data.corrects : null, by: { user, organisation } }],
});

/** The case notes of an episode, added between meetings: `planning.notes-<episodeId>`. */
export const notes: Aggregate<NotesCommand, NotesEvent, Notes, PolicyPack> = {
  name: 'planning.notes',
  events: notesEvents,
  initial: noNotes,
  decide,
  evolve,
};
