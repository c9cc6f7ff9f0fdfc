export { episode } from './episode/episode.js';
export type * from './episode/commands.js';
export type { EpisodeEvent } from './episode/events.js';
export { evidenceOf, proposedOn, type Episode, type EpisodeOpen, type EpisodeShut, type Service } from './episode/state.js';
export { taf } from './taf/taf.js';
export { impacts, parts, withholdings, type TafEvent } from './taf/events.js';
export type {
  AgreeInvitees,
  Around,
  ExpectFirstMeeting,
  HoldTaf,
  Impact,
  InviteToTaf,
  Part,
  RecordViews,
  ShareRecord,
  StandDownMeetings,
  TafCommand,
  TakeUpMeetings,
  Withholding,
} from './taf/commands.js';
export { headcount, involvedIn, meetingOf, together, type Meeting, type Taf } from './taf/state.js';
export { plan } from './plan/plan.js';
export type * from './plan/commands.js';
export { endings, type PlanEvent } from './plan/events.js';
export { actionOf, isActive, ownersIn, type Action, type ActionTerms, type Plan } from './plan/state.js';
export { notes } from './notes/notes.js';
export type { AddNote, CorrectNote, NotesCommand } from './notes/commands.js';
export type { NotesEvent } from './notes/events.js';
export { correctionOf, type Entry, type Notes } from './notes/state.js';
export { planningDeadlines, type PlanningDeadlineEvent } from './shared/deadlines.js';
export type { EpisodeEvidence, RestsOnEpisode } from './shared/evidence.js';
export { LeadProfessional, Need, Professional } from './shared/fields.js';
export { caseOpening, episodeIdOf, type AssessmentMessage } from './workflows/case-opening.js';
export { caseClosing } from './workflows/case-closing.js';
export { caseDrift } from './workflows/case-drift.js';
export { overdueActions } from './workflows/overdue-actions.js';
export * from './planning-events.js';
export * as episodeEvents from './episode/events.js';
export * as tafEvents from './taf/events.js';
export * as planEvents from './plan/events.js';
export * as notesEvents from './notes/events.js';
export { consentNeeds as episodeConsentNeeds } from './episode/consent-needs.js';
export { consentNeeds as tafConsentNeeds } from './taf/consent-needs.js';
export { consentNeeds as planConsentNeeds } from './plan/consent-needs.js';
export { consentNeeds as notesConsentNeeds } from './notes/consent-needs.js';
export * from './relationships.js';
