import { begins, ends, tellsRelationships, type RelationshipChange, type RelationshipKind } from '@waymark/access';
import { takingPart } from '@waymark/consent';
import type { Instant, OrganisationId, Uuid } from '@waymark/kernel';
import { ConsentGiven, ConsentRenewed, ConsentSuspended, ConsentWithdrawn } from './consent/events.js';
import { LivedExperienceRecorded, SectionContributed, ViewRecorded, VoiceRecorded } from './eha/content-events.js';
import { AssessmentOpened } from './family/events.js';

interface Reach {
  readonly consentId: Uuid;
  readonly purpose: string;
  readonly agencies: readonly OrganisationId[];
  readonly until: Instant | null;
}

/** CON-03, TS-03: what a consent makes of the agencies that it names, by its purpose. One for any other purpose puts nobody around the family. */
const partOf = (purpose: string): RelationshipKind | undefined =>
  (({ [takingPart]: 'agency-around-the-family', 'targeted-support-request': 'request-recipient' }) as const)[purpose];

const reached = ({ consentId, purpose, agencies, until }: Reach, from: Instant): readonly RelationshipChange[] => {
  const as = partOf(purpose);
  return as ? agencies.map((organisation) => begins(as, { organisation }, { on: consentId, from, until })) : [];
};

const reachesNoMore = (on: Uuid, organisations: readonly OrganisationId[] | null, at: Instant): readonly RelationshipChange[] => [
  ends('agency-around-the-family', { on, organisations, at }),
  ends('request-recipient', { on, organisations, at }),
];

const handles = [
  ConsentGiven,
  ConsentRenewed,
  ConsentWithdrawn,
  ConsentSuspended,
  AssessmentOpened,
  SectionContributed,
  LivedExperienceRecorded,
  VoiceRecorded,
  ViewRecorded,
] as const;

/** Whom consent reaches, who began the assessment and leads until the first meeting, and who wrote in it (EHA-02). */
export const assessmentRelationships = tellsRelationships(handles, (event) => {
  const { actor, occurredAt: from } = event;
  switch (event.type) {
    case ConsentGiven.type:
    case ConsentRenewed.type:
      return reached(event.data, from);
    case ConsentWithdrawn.type:
      return reachesNoMore(event.data.consentId, event.data.agencies, from);
    case ConsentSuspended.type:
      return reachesNoMore(event.data.consentId, null, from);
    case AssessmentOpened.type:
      return [begins('lead-professional', event.data.leadProfessional, { on: event.data.ehaId, from })];
    default:
      return [begins('contributor', actor, { on: 'assessment', from })];
  }
});
