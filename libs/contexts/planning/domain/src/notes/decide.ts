import { accept, check, never, type Decision } from '@waymark/kernel';
import type { PolicyPack } from '@waymark/policy';
import { known } from '../shared/evidence.js';
import type { AddNote, CorrectNote, NotesCommand } from './commands.js';
import { NoteAdded, NoteCorrected, type NotesEvent } from './events.js';
import * as policies from './policies.js';
import type { Notes } from './state.js';

export const decide = (command: NotesCommand, notes: Notes, pack: PolicyPack): Decision<NotesEvent> => {
  switch (command.kind) {
    case 'AddNote':
      return addNote(command, notes, pack);
    case 'CorrectNote':
      return correctNote(command, notes, pack);
    default:
      return never(command);
  }
};

const addNote = (command: AddNote, notes: Notes, pack: PolicyPack): Decision<NotesEvent> => {
  const { episodeId, noteId, text } = command;
  return check(policies.toAdd, command, notes, pack) ?? accept(NoteAdded({ episodeId, noteId, text, evidence: known(command) }));
};

const correctNote = (command: CorrectNote, notes: Notes, pack: PolicyPack): Decision<NotesEvent> => {
  const { episodeId, noteId, corrects, text, why } = command;
  return (
    check(policies.toCorrect, command, notes, pack) ??
    accept(NoteCorrected({ episodeId, noteId, corrects, text, why, evidence: known(command) }))
  );
};
