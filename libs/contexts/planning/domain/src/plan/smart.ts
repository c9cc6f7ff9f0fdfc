import { refuse, type Day, type Refused } from '@waymark/kernel';
import { isMissing } from '../shared/fields.js';
import type { Owner, Terms } from './commands.js';
import type { ActionTerms } from './state.js';

/** A part of a SMART action: the field that holds it, what a practitioner calls it, and whether it is there. */
interface Part {
  readonly field: keyof Terms;
  readonly words: string;
  readonly isThere: (terms: Terms) => boolean;
}

const text = (field: 'what' | 'why' | 'howKnown' | 'means', words: string): Part => ({
  field,
  words,
  isThere: (terms) => !isMissing(terms[field]),
});

const parts: readonly Part[] = [
  { field: 'needId', words: 'the need of the assessment that it answers', isThere: ({ needId }) => needId !== undefined },
  text('what', 'what will be done'),
  text('why', 'why it matters'),
  text('howKnown', 'how it will be known to have worked'),
  text('means', 'the means it takes'),
  { field: 'owner', words: 'whose it is', isThere: ({ owner }) => owner !== undefined },
  { field: 'ownerAgreed', words: "its owner's agreement", isThere: ({ ownerAgreed }) => ownerAgreed === true },
  { field: 'by', words: 'by when', isThere: ({ by }) => by !== undefined },
];

/** PLAN-01: names every part that is missing, and the field of the first. */
export const isSmart = (terms: Terms): Refused | undefined => {
  const missing = parts.filter(({ isThere }) => !isThere(terms));
  const [first] = missing;
  if (!first) return undefined;
  return refuse('PLAN-01', `An action is SMART. Still missing: ${missing.map(({ words }) => words).join('; ')}. Agree it, and add it.`, {
    field: first.field,
  });
};

/** PLAN-01: a date that has passed cannot be kept. */
export const liesAhead = (by: Day | undefined, today: Day): Refused | undefined =>
  by !== undefined && by < today
    ? refuse('PLAN-01', 'The date of an action lies ahead when it is agreed: agree a day that can be kept.', { field: 'by' })
    : undefined;

/** PLAN-01: a part may be said anew, and not be emptied. */
export const staysSmart = (terms: Terms): Refused | undefined => {
  const emptied = (['what', 'why', 'howKnown', 'means'] as const).find((field) => terms[field] !== undefined && isMissing(terms[field]));
  return emptied
    ? refuse('PLAN-01', 'An action stays SMART when it is revised: say this part anew, or leave it out.', { field: emptied })
    : undefined;
};

/**
 * The complete terms.
 * @throws TypeError when a part is missing: {@link isSmart} comes first
 */
export const complete = ({ needId, what, why, howKnown, means, owner, by }: Terms): ActionTerms => {
  if (!needId || !what || !why || !howKnown || !means || !owner || !by) throw new TypeError('an action was accepted with a part missing');
  return { needId, what, why, howKnown, means, ...owned(owner), by };
};

/** The terms with what is said anew; what is left out stays. */
export const restated = (before: ActionTerms, { needId, what, why, howKnown, means, owner, by }: Terms): ActionTerms => ({
  needId: needId ?? before.needId,
  what: what ?? before.what,
  why: why ?? before.why,
  howKnown: howKnown ?? before.howKnown,
  means: means ?? before.means,
  ...(owner ? owned(owner) : { professional: before.professional, familyMember: before.familyMember }),
  by: by ?? before.by,
});

const owned = (owner: Owner): Pick<ActionTerms, 'professional' | 'familyMember'> =>
  'personId' in owner
    ? { professional: null, familyMember: owner.personId }
    : { professional: { user: owner.user, organisation: owner.organisation }, familyMember: null };
