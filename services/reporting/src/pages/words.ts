import { isErased, type Actor, type Instant, type Sealed } from '@waymark/kernel';
import { formatLondon, spelt } from '@waymark/policy';
import { markup, type Markup } from './markup.js';

export const nameOf = (name: Sealed<string> | null | undefined): string => {
  if (name === null || name === undefined) return 'Name not known';
  return isErased(name) ? '(erased)' : name;
};

export const moment = (at: Instant): Markup => markup`<time datetime="${at}">${formatLondon(at)}</time>`;

/** `lead-professional` as "Lead professional". */
export const capital = (code: string): string => {
  const words = spelt(code);
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export const whoOf = (who: Actor | null): Markup =>
  who ? markup`${who.user}<span class="sub">${capital(who.role)}, ${who.organisation}</span>` : markup`Not readable`;

export const ruleOf = (rule: string): Markup => markup`<span class="sub">Rule ${rule}</span>`;

/** A state that is said in words; the colour only repeats it. */
export const tag = (words: string, kind: '' | 'warn' | 'bad' = ''): Markup => markup`<span class="tag ${kind}">${words}</span>`;

/** A link to this site with a query string; what is empty is left out. */
export const address = (path: string, query: Readonly<Record<string, string | undefined>>): string => {
  const set = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '');
  return set.length === 0 ? path : `${path}?${new URLSearchParams(set).toString()}`;
};
