import type { ConsentNeeds, Use } from '@waymark/consent';
import type { EhaCommand } from './commands.js';
import type { Eha } from './state.js';

/** What names nobody is about the children at home: an adult's consent for themself alone carries nothing about them. */
const children = (eha: Eha) => (eha.status === 'not-started' ? [] : eha.content.children);
const aboutTheFamily: Use<Eha> = { action: 'write', aboutOneOf: children };

/**
 * CON-16: what an assessment needs of consent, one entry a command. A correction of a section waits for none, after a withdrawal too, as one of a note: it is of
 * what is there already, by whoever wrote it, under its heading, and stands beside it (GEN-03); what its text adds cannot be judged here, and is attributed.
 */
export const consentNeeds: ConsentNeeds<EhaCommand, Eha> = {
  StartEha: 'follows',
  NameChild: ({ childId }) => ({ action: 'write', about: { childId: [childId] } }),
  // Somebody is asked to take part before they can have agreed to anything.
  InviteFamilyMember: () => aboutTheFamily,
  ContributeSection: ({ corrects }) => (corrects === null ? aboutTheFamily : 'correction'),
  AnswerConsideration: () => aboutTheFamily,
  RecordLivedExperience: ({ childId }) => ({ action: 'write', about: { childId: [childId] } }),
  RecordVoice: ({ personId }) => ({ action: 'write', about: { personId: [personId] } }),
  // Why somebody's voice is missing may well be that they do not agree (EHA-04).
  RecordAbsence: () => aboutTheFamily,
  RecordView: ({ personId }) => ({ action: 'write', about: { personId: [personId] } }),
  IdentifyNeed: ({ personId }) => ({ action: 'write', about: { personId: [personId] } }),
  RecordFatherEffort: () => aboutTheFamily,
  // The family says who could help; its helpers are asked when they are asked to help.
  RecordNetwork: () => aboutTheFamily,
  AgreeVersion: ({ by }) => ({ action: 'write', about: { by: [by] } }),
  FinaliseEha: () => aboutTheFamily,
  UpdateEha: () => aboutTheFamily,
  RecordHubCheck: ({ outcome }) => (outcome === 'escalated' ? 'safeguarding' : aboutTheFamily),
  CloseEha: 'closing',
  RaiseSafetyConcern: 'safeguarding',
};
