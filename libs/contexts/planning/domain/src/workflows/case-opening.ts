import { derivedId, type CaseId, type DomainEvent, type Instant, type Issue, type Uuid, type Workflow } from '@waymark/kernel';
import type { LeadProfessional, Need } from '../shared/fields.js';
import { issue } from './issue.js';

interface About {
  readonly caseId: CaseId;
  readonly ehaId: Uuid;
}

/** What planning takes from assessment's published events. */
export type AssessmentMessage =
  | DomainEvent<'earlyhelp.assessment.assessment-opened.v1', About & { readonly leadProfessional: LeadProfessional }>
  | DomainEvent<'earlyhelp.assessment.assessment-completed.v1', About & { readonly completedAt: Instant; readonly needs: readonly Need[] }>
  | DomainEvent<'earlyhelp.assessment.assessment-completed.v2', About & { readonly completedAt: Instant; readonly needs: readonly Uuid[] }>
  | DomainEvent<'earlyhelp.assessment.assessment-accepted.v1', About & { readonly acceptedAt: Instant }>
  | DomainEvent<'earlyhelp.assessment.assessment-accepted.v2', About & { readonly acceptedAt: Instant }>
  | DomainEvent<'earlyhelp.assessment.assessment-updated.v1', About & { readonly needs: readonly Need[] }>
  | DomainEvent<'earlyhelp.assessment.assessment-updated.v2', About & { readonly needs: readonly Uuid[] }>;

/** The episode of an assessment: the same two ids always give the same episode. */
export const episodeIdOf = (caseId: CaseId, ehaId: Uuid): Uuid => derivedId('planning.episode', caseId, ehaId);

/** EP-01: an assessment opens an episode; its completion and acceptance set meetings and plan going, its updates bring their needs. */
export const caseOpening: Workflow<AssessmentMessage, Record<string, never>> = {
  name: 'case-opening',
  instance: ({ data }) => episodeIdOf(data.caseId, data.ehaId),
  initial: {},
  react: (state, input) => ({ state, issues: issuesFor(input) }),
};

/** Planning goes by the ids; the codes that version 1 brought it lets go. */
const needsOf = (needs: readonly (Uuid | Need)[]): readonly Need[] =>
  needs.map((need) => ({ needId: typeof need === 'string' ? need : need.needId }));

const issuesFor = ({ type, data }: AssessmentMessage): readonly Issue[] => {
  const { caseId, ehaId } = data;
  const about = { caseId, ehaId, episodeId: episodeIdOf(caseId, ehaId) };
  switch (type) {
    case 'earlyhelp.assessment.assessment-opened.v1':
      return [issue('planning.episode', { kind: 'OpenEpisode', ...about, leadProfessional: data.leadProfessional })];
    case 'earlyhelp.assessment.assessment-completed.v1':
    case 'earlyhelp.assessment.assessment-completed.v2': {
      const needs = needsOf(data.needs);
      return [
        issue('planning.episode', { kind: 'NoteEhaCompleted', ...about, completedAt: data.completedAt, needs }),
        issue('planning.taf', { kind: 'ExpectFirstMeeting', ...about, completedAt: data.completedAt, needs }),
        issue('planning.plan', { kind: 'NoteNeeds', ...about, needs }),
      ];
    }
    case 'earlyhelp.assessment.assessment-accepted.v1':
    case 'earlyhelp.assessment.assessment-accepted.v2':
      return [
        issue('planning.episode', { kind: 'NoteEhaAccepted', ...about, acceptedAt: data.acceptedAt }),
        issue('planning.taf', { kind: 'NoteEhaAccepted', ...about, acceptedAt: data.acceptedAt }),
      ];
    case 'earlyhelp.assessment.assessment-updated.v1':
    case 'earlyhelp.assessment.assessment-updated.v2':
      return [issue('planning.plan', { kind: 'NoteNeeds', ...about, needs: needsOf(data.needs) })];
    default:
      return [];
  }
};
