import { conflict, refuse, unknown, wrongState, type Policy } from '@waymark/kernel';
import type { PolicyPack } from '@waymark/policy';
import { belongsToAnOpenEpisode } from '../shared/evidence.js';
import type { AddNote, CorrectNote } from './commands.js';
import { isActing, managesStaffOf } from '../shared/fields.js';
import { correctionOf, firstOf, type Notes } from './state.js';

type Rule<C> = Policy<C, Notes, PolicyPack>;

/** EP-01: a mistake can be put right after the closing too. */
const belongsToAnEpisode: Rule<CorrectNote> = ({ evidence: { episode } }) =>
  episode ? undefined : refuse('EP-01', 'All activity belongs to an Early Help episode, and there is no such episode.');

/** EP-03 */
const overwritesNothing: Rule<AddNote | CorrectNote> = ({ noteId }, { entries }) =>
  entries.some((entry) => entry.noteId === noteId)
    ? conflict('EP-03', 'A case note is never overwritten: correct it by a further entry that names it.', { field: 'noteId' })
    : undefined;

const namesWhatItCorrects: Rule<CorrectNote> = ({ corrects }, { entries }) =>
  entries.some(({ noteId }) => noteId === corrects) ? undefined : unknown('There is no such note to correct.', { field: 'corrects' });

/** GEN-03: by its author, also after somebody acted for them, or who may act for them. */
const byItsAuthor: Rule<CorrectNote> = ({ corrects, meta }, notes) => {
  const note = notes.entries.find(({ noteId }) => noteId === corrects);
  return !note || isActing(meta.actor, note.by) || isActing(meta.actor, firstOf(notes, note).by) || managesStaffOf(meta.actor, note.by)
    ? undefined
    : refuse(
        'GEN-03',
        'A note is corrected by its author, or by a manager of their organisation. Add a note of your own, or ask them to correct theirs.',
      );
};

/** Corrections follow one another, so that the latest is never in doubt. */
const correctsTheLatest: Rule<CorrectNote> = ({ corrects }, notes) => {
  const later = correctionOf(notes, corrects);
  return later
    ? wrongState('This note has been corrected already: correct the later entry.', {
        field: 'corrects',
        see: { kind: 'note', id: later.noteId },
      })
    : undefined;
};

export const toAdd = [belongsToAnOpenEpisode, overwritesNothing];
export const toCorrect = [belongsToAnEpisode, overwritesNothing, namesWhatItCorrects, byItsAuthor, correctsTheLatest];
