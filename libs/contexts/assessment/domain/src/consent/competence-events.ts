import { z } from 'zod';
import { defineEvent, handle, isErased, LongText, PersonId, reveal, sealed, Uuid, type EventOf } from '@waymark/kernel';
import { Professional } from '../common/parts.js';
import { competenceOutcomes, type CompetenceOutcome } from './words.js';

const toldAs: Readonly<Record<CompetenceOutcome, string>> = {
  competent: 'competent to decide for themself',
  'not-competent': 'not competent to decide for themself',
  inconsistent: 'inconsistent in their understanding',
};

/** CON-05: all six factors, by a named professional; it guides whose consent counts. */
export const CompetenceJudged = defineEvent(
  'assessment.CompetenceJudged.v1',
  {
    competenceId: Uuid,
    childId: PersonId,
    factors: z
      .array(
        z.strictObject({
          factor: handle(),
          met: sealed(z.boolean(), { of: 'childId' }),
          reasoning: sealed(LongText, { of: 'childId' }),
        }),
      )
      .min(1),
    outcome: sealed(z.enum(competenceOutcomes), { of: 'childId' }),
    judgedBy: Professional,
  },
  ({ factors, outcome }) =>
    `The child's competence was judged on ${factors.length} factors: ${reveal(outcome, undefined) ? toldAs[reveal(outcome, 'inconsistent')] : '(erased)'}.`,
);

/** CON-08: why a parent is not involved, and what help to tell them was offered. */
export const ParentInvolvementExplored = defineEvent(
  'assessment.ParentInvolvementExplored.v1',
  {
    childId: PersonId,
    parentInvolved: sealed(z.boolean(), { of: 'childId', addedLater: true }),
    reasons: sealed(LongText, { of: 'childId' }).nullable(),
    helpOffered: sealed(LongText, { of: 'childId' }).nullable(),
  },
  ({ parentInvolved }) =>
    isErased(parentInvolved)
      ? 'The child was encouraged to involve a parent (erased).'
      : parentInvolved
        ? 'The child was encouraged to involve a parent, and did.'
        : 'The child was encouraged to involve a parent; why not, and the help offered to tell them, was recorded.',
);

export const competenceDefinitions = [CompetenceJudged, ParentInvolvementExplored];
export type CompetenceEvent = EventOf<typeof CompetenceJudged | typeof ParentInvolvementExplored>;
