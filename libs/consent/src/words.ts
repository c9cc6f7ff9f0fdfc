import type { RuleId } from '@waymark/kernel';
import type { Action } from './may-use.js';

/** Whom a refusal is about: somebody who is named, an agency that is named, the two together, or whoever acts. */
export type About = 'person' | 'agency' | 'pair' | 'actor';

const beyond: Readonly<Record<About, string>> = {
  person: 'No consent in force covers this person here: ask who may answer for them, and record it first.',
  agency: 'No consent in force reaches the agency that is named: ask the family, or leave it out.',
  pair: 'The agency that is named is not reached for everybody whom this is about: ask who may answer for each of them, or leave the agency out.',
  actor: 'No consent in force reaches your agency here: ask the family, and record it first.',
};
const withdrawn: Readonly<Record<About, string>> = {
  person: 'The consent that covered this person was withdrawn: ask anew, or leave them out. A safety concern waits for no consent.',
  agency: 'The consent no longer reaches the agency that is named: leave it out, or ask the family anew.',
  pair: 'The agency that is named is no longer reached for everybody whom this is about: leave it out, or ask anew.',
  actor: 'The consent no longer reaches your agency: what is left is closing, asking the family anew, and safeguarding.',
};

/** A decision to share allows to share and nothing else (CON-19), so that it is no way on for what is written or planned. */
const orDecide = (about: About, action: Action): string =>
  action === 'share' && (about === 'agency' || about === 'pair')
    ? ' Where there is a ground to share without consent, record that decision first (CON-12).'
    : '';

/** What a refusal says, and what can be done next. */
export const words = (rule: RuleId, about: About, action: Action): string => {
  switch (rule) {
    case 'CON-01':
      return 'Early Help is voluntary, and no consent to take part was in force: record it first.';
    case 'CON-06':
      return "The child's own consent is suspended, because their understanding is in doubt: ask a person with parental responsibility first.";
    case 'CON-13':
      return withdrawn[about] + orDecide(about, action);
    case 'CON-14':
      return 'This needs a consent of its own, and none is in force: ask the family, and record it first.';
    case 'CON-17':
      return 'The family has withdrawn its consent to take part: what is left is closing, asking anew, and safeguarding.';
    default:
      return beyond[about] + orDecide(about, action);
  }
};
