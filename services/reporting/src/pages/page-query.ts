import { authorities, type Authority } from '@waymark/policy';
import type { CaseListRequest } from '../cases/list.request.js';
import { stages, type Stage } from '../cases/stage.js';

/** A page's query string or form, as it came. */
export type PageQuery = Readonly<Record<string, unknown>>;

/** A value that was given once and says something. */
export const one = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' && value.length <= 1000 ? value : undefined;

const among = <T extends string>(values: readonly T[], value: unknown): T | undefined => values.find((known) => known === value);

/** What a link can have sent; anything else is as good as left out, since a page answers people. No search: that comes by form alone. */
export const listRequestOf = (query: PageQuery): CaseListRequest => {
  const cursor = one(query['cursor']);
  const authority: Authority | undefined = among(authorities, query['authority']);
  const stage: Stage | undefined = among(stages, query['stage']);
  return {
    limit: 50,
    ...(cursor === undefined ? {} : { cursor }),
    ...(authority === undefined ? {} : { authority }),
    ...(stage === undefined ? {} : { stage }),
  };
};

const longestSearch = 100;

/** What the search box asks for; undefined where it was left empty. */
export const searchOf = (form: PageQuery): string | undefined => one(one(form['search'])?.trim().slice(0, longestSearch));
