import { authorities, type Authority } from '@waymark/policy';
import type { CaseListRequest } from '../cases/list.request.js';
import { stages, type Stage } from '../cases/stage.js';
import type { Filters } from './case-list.page.js';

/** A page's query string, as it came. */
export type PageQuery = Readonly<Record<string, unknown>>;

/** A value that was given once and says something. */
export const one = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' && value.length <= 1000 ? value : undefined;

const among = <T extends string>(values: readonly T[], value: unknown): T | undefined => values.find((known) => known === value);

/** What a form or a link can have sent; anything else is as good as left out, since a page answers people. */
export const listRequestOf = (query: PageQuery): CaseListRequest => {
  const search = one(query['search'])?.slice(0, 100);
  const cursor = one(query['cursor']);
  const authority: Authority | undefined = among(authorities, query['authority']);
  const stage: Stage | undefined = among(stages, query['stage']);
  return {
    limit: 50,
    ...(search === undefined ? {} : { search }),
    ...(cursor === undefined ? {} : { cursor }),
    ...(authority === undefined ? {} : { authority }),
    ...(stage === undefined ? {} : { stage }),
  };
};

export const filtersOf = (query: PageQuery): Filters => {
  const { search = '', authority = '', stage = '' } = listRequestOf(query);
  return { search, authority, stage };
};
