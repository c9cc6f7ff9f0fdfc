import type { RuleId } from '@waymark/kernel';

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
  agency: 'The consent no longer reaches the agency that is named: leave it out, ask the family, or record a decision to share.',
  pair: 'The agency that is named is no longer reached for everybody whom this is about: leave it out, ask anew, or record a decision to share.',
  actor: 'The consent no longer reaches your agency: what is left is closing, asking the family anew, and safeguarding.',
};

/** What a refusal says, and what can be done next. */
export const words = (rule: RuleId, about: About): string => {
  switch (rule) {
    case 'CON-01':
      return 'Early Help is voluntary, and no consent to take part was in force: record it first.';
    case 'CON-06':
      return "The child's own consent is suspended, because their understanding is in doubt: ask a person with parental responsibility first.";
    case 'CON-13':
      return withdrawn[about];
    case 'CON-14':
      return 'This needs a consent of its own, and none is in force: ask the family, and record it first.';
    case 'CON-17':
      return 'The family has withdrawn its consent to take part: what is left is closing, asking anew, and safeguarding.';
    default:
      return beyond[about];
  }
};
