import { z } from 'zod';
import { code, defineEvent, handle, LongText, OrganisationId, PersonId, sealed, Uuid, type EventOf } from '@waymark/kernel';
import { spelt } from '@waymark/policy';
import { article6, article9 } from './words.js';

const story = () => sealed(LongText, { of: 'caseId' });

/** CON-12: what a decision about sharing without consent says, whichever way it went. Who decided is the actor. */
const decision = () => ({
  decisionId: Uuid,
  what: story(),
  why: story(),
  about: z.array(PersonId).min(1),
  agencies: z.array(OrganisationId).min(1),
  /** One of the pack's bases or duties. */
  basis: handle(),
  viewsSought: story(),
});

export const SharingDecided = defineEvent(
  'assessment.SharingDecided.v1',
  decision(),
  ({ agencies, basis }) =>
    `It was decided to share information without consent with ${agencies.length === 1 ? 'one organisation' : `${agencies.length} organisations`}, ` +
    `on this basis: ${spelt(basis)}.`,
);

export const NonSharingDecided = defineEvent(
  'assessment.NonSharingDecided.v1',
  decision(),
  () => 'It was decided not to share information; why, and the views sought, were recorded.',
);

/** CON-15: the lawful basis of processing is a record of its own; agreeing to take part neither makes nor replaces it. */
export const LawfulBasisRecorded = defineEvent(
  'assessment.LawfulBasisRecorded.v1',
  { lawfulBasisId: Uuid, processing: handle(), article6: code(article6), article9: code(article9).nullable(), rationale: story() },
  ({ processing, article6: basis }) => `The lawful basis of processing (${spelt(processing)}) was recorded: ${spelt(basis)} (UK GDPR).`,
);

export const sharingDefinitions = [SharingDecided, NonSharingDecided, LawfulBasisRecorded];
export type SharingEvent = EventOf<typeof SharingDecided | typeof NonSharingDecided | typeof LawfulBasisRecorded>;
