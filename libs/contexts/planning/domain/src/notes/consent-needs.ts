import type { ConsentNeeds } from '@waymark/consent';
import type { NotesCommand } from './commands.js';
import type { Notes } from './state.js';

/** CON-16, GEN-03. */
export const consentNeeds: ConsentNeeds<NotesCommand, Notes> = {
  AddNote: () => ({ action: 'write' }),
  CorrectNote: 'correction',
};
