import { restingOnConsent, restsOnConsent, type CarriesConsent, type RestsOnConsent } from '@waymark/consent';
import type { Aggregate, Fact } from '@waymark/kernel';
import type { PolicyPack } from '@waymark/policy';
import type { NotesCommand } from './commands.js';
import { consentNeeds } from './consent-needs.js';
import { decide } from './decide.js';
import { notesEvents, type NotesEvent } from './events.js';
import { noNotes, type Notes } from './state.js';

const evolve = ({ entries }: Notes, { data, actor: { user, organisation } }: Fact<NotesEvent>): Notes => ({
  entries: [...entries, { noteId: data.noteId, corrects: 'corrects' in data ? data.corrects : null, by: { user, organisation } }],
});

/** The case notes of an episode, added between meetings: `planning.notes-<episodeId>`. */
export const notes: Aggregate<NotesCommand & CarriesConsent, NotesEvent, Notes, PolicyPack> & RestsOnConsent = {
  name: 'planning.notes',
  events: notesEvents,
  initial: noNotes,
  decide: restingOnConsent(consentNeeds, decide),
  evolve,
  restsOnConsent: restsOnConsent(consentNeeds),
};
