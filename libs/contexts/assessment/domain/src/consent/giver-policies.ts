import { takingPart } from '@waymark/consent';
import { refuse, reveal, unknown } from '@waymark/kernel';
import type { CommandMeta, Day, Instant, PersonId, Policy, Refused, Uuid } from '@waymark/kernel';
import { ageOn, isCoded, londonDay, type PolicyPack } from '@waymark/policy';
import type { Giver } from './events.js';
import { judgementAt } from './ledger.js';
import type { Ledger } from './state.js';

/** Giving and refusing alike are somebody's answer to a purpose. */
export interface Answer {
  readonly giver: Giver;
  readonly purpose: string;
  readonly meta: Pick<CommandMeta, 'occurredAt'>;
}

type OfAnswer = Policy<Answer, Ledger, PolicyPack>;

/** CON-14: each purpose has a consent of its own, and the pack has the list. */
export const purposeIsKnown: OfAnswer = ({ purpose }, _ledger, pack) =>
  purpose === takingPart || isCoded(pack.separateConsents, purpose)
    ? undefined
    : unknown('There is no such purpose of consent: take one that the policy pack lists.', { field: 'purpose' });

/** CON-09: a parent or partner without parental responsibility does not answer for the family. */
export const capacityCounts: OfAnswer = ({ giver }) =>
  giver.capacity === 'other'
    ? refuse(
        'CON-09',
        'Only a person with parental responsibility, or somebody on their own behalf, gives or refuses consent: ask one of them. ' +
          'What others think is recorded as a view in the assessment.',
        { field: 'giver.capacity' },
      )
    : undefined;

/** CON-04: whether somebody answers for themself depends on their age. */
export const ageIsKnown: OfAnswer = ({ giver, meta }) => {
  if (giver.capacity !== 'own-behalf') return undefined;
  const born = reveal<Day | null, null>(giver.dateOfBirth, null);
  return born !== null && born <= londonDay(meta.occurredAt)
    ? undefined
    : refuse('CON-04', 'Who answers on their own behalf needs a date of birth that is not in the future: add it.', {
        field: 'giver.dateOfBirth',
      });
};

/** CON-05, CON-06: under the pack's age a child answers for themself only when judged competent. */
export const youngGiverIsCompetent: OfAnswer = ({ giver, meta }, ledger, pack) =>
  isChildAnswering(giver, meta.occurredAt, pack) ? competenceRefusal(ledger, giver.personId, meta.occurredAt, pack) : undefined;

export const answerPolicies = [purposeIsKnown, capacityCounts, ageIsKnown, youngGiverIsCompetent] satisfies OfAnswer[];

/** Whether a giver answers on their own behalf and is under the age of consent. False where the date of birth was erased. */
export const isChildAnswering = (giver: Giver, at: Instant, pack: PolicyPack): boolean => {
  const born = reveal<Day | null, null>(giver.dateOfBirth, null);
  return giver.capacity === 'own-behalf' && born !== null && ageOn(born, londonDay(at)) < pack.consentAge;
};

/** CON-05: the judgement that the answer rests on; null where somebody needs none. */
export const judgementRestedOn = ({ giver, meta }: Pick<Answer, 'giver' | 'meta'>, ledger: Ledger, pack: PolicyPack): Uuid | null =>
  isChildAnswering(giver, meta.occurredAt, pack) ? (judgementAt(ledger, giver.personId, meta.occurredAt)?.competenceId ?? null) : null;

const competenceRefusal = (ledger: Ledger, childId: PersonId, at: Instant, pack: PolicyPack): Refused | undefined => {
  const judgement = judgementAt(ledger, childId, at);
  if (judgement?.outcome === 'competent') return undefined;
  return judgement
    ? refuse(
        'CON-06',
        'The child was judged not competent, or inconsistent in their understanding: consent comes from a person with parental responsibility.',
        { field: 'giver' },
      )
    : refuse(
        'CON-05',
        `Under ${pack.consentAge} somebody answers for themself only when judged competent on all six factors: judge their competence first.`,
        { field: 'giver' },
      );
};
