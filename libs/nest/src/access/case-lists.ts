import type { CaseId } from '@waymark/kernel';
import type { Condition, Document, Page, Query, ReadModelStore } from '@waymark/read-model';
import type { RequestContext } from '../identity/request-context.js';
import type { AccessLog } from './access-log.js';
import { Problem } from '../problems/problem.js';
import { grantedTo } from './gate.js';

/** A record, and the case that it is of. */
export interface RecordOfCase {
  readonly caseId: string;
  readonly record: string;
}

/** Which records a list may show to its reader: the gate's condition. */
export interface Reach {
  /** The cases that may hold something to show; undefined: whichever. */
  readonly cases: readonly string[] | undefined;
  /** The single check, of each of these records, in their order; the problem where it cannot be said of one that would be shown. */
  readonly mayRead: (records: readonly RecordOfCase[]) => Promise<readonly (boolean | Problem)[]>;
}

/** What the gate let a request for a list through with. */
export interface GrantedList {
  readonly action: string;
  readonly position: string | null;
  readonly reach: Reach;
}

/** Where a list's documents say which case they are of: the field, with an index. */
type CaseField = 'caseId' | 'id';

/** The most alternatives of one query of the read models. */
const mostAlternatives = 500;

/** The least number of documents that are checked together once few of a page turned out to be visible. */
const leastAtOnce = 50;

/** Reads lists for handlers, by the gate's condition: a list holds what a single access to each record would show, and its access is recorded first. */
export class CaseLists {
  /** The cases that each page shows, for further documents that are requested with it. */
  private readonly shown = new WeakMap<Page<Document>, readonly CaseId[]>();

  constructor(
    private readonly readModels: Pick<ReadModelStore, 'find' | 'getMany'>,
    private readonly log: AccessLog,
  ) {}

  /** @throws Problem 503 when it cannot be recorded; BadQuery */
  async find<D extends Document>(
    collection: string,
    query: Query,
    context: RequestContext,
    caseField: CaseField = 'caseId',
  ): Promise<Page<D>> {
    const { list } = grantedTo(context);
    if (!list) throw new TypeError(`${collection}: asked for past the gate; the route says of: casesOf(…)`);
    const page = await this.within<D>(collection, query, list.reach, caseField);
    const { action, position } = list;
    const cases = [...new Set(page.items.map((item) => item[caseField] as CaseId))];
    await this.log.listed(context, { action, position, requestId: context.commandId, cases });
    this.shown.set(page, cases);
    return page;
  }

  /** What a collection keeps under the ids of the cases that a page shows, in one go. @throws TypeError for a page that was not found here */
  async beside<D extends Document>(page: Page<Document>, collection: string): Promise<ReadonlyMap<string, D>> {
    const cases = this.shown.get(page);
    if (!cases) throw new TypeError(`${collection}: asked for beside a page that did not pass the gate`);
    return this.readModels.getMany<D>(collection, cases);
  }

  private async within<D extends Document>(collection: string, query: Query, reach: Reach, field: CaseField): Promise<Page<D>> {
    if (reach.cases?.length === 0) return { items: [] };
    const where = [...(query.where ?? []), ...fewEnough(reach.cases, field)];
    const limit = query.limit ?? 50;
    let page: Page<D> = { items: [], ...(query.cursor ? { next: query.cursor } : {}) };
    do page = await this.more<D>(page, collection, { ...query, where, limit }, seenBy(reach, field));
    while (page.next && page.items.length < limit);
    return page;
  }

  /** A page with what follows it. */
  private async more<D extends Document>(
    { items, next }: Page<D>,
    collection: string,
    { cursor: _, ...query }: Query & { readonly limit: number },
    seenOf: SeenOf,
  ): Promise<Page<D>> {
    const wanted = query.limit - items.length;
    const find = (limit: number) => this.readModels.find<D>(collection, { ...query, limit, ...(next ? { cursor: next } : {}) });
    let page = await find(items.length === 0 && !next ? wanted : Math.max(wanted, leastAtOnce));
    let seen = await seenOf(page.items);
    // Asked again to where this page ends, for the cursor that goes on from there; and again where more is shown by then.
    for (let enough = countUpTo(seen, wanted); enough < page.items.length; enough = countUpTo(seen, wanted)) {
      page = await find(enough);
      seen = await seenOf(page.items);
    }
    return { items: [...items, ...shownOf(page.items, seen)], ...(page.next ? { next: page.next } : {}) };
  }
}

type Seen = readonly (boolean | Problem)[];
type SeenOf = (items: readonly Document[]) => Promise<Seen>;

/** How many documents it takes to come to so many that are shown. */
const countUpTo = (seen: Seen, wanted: number): number => {
  let shown = 0;
  const last = seen.findIndex((one) => one !== false && (shown += 1) === wanted);
  return last < 0 ? seen.length : last + 1;
};

/** @throws Problem where it cannot be said of one that would be shown */
const shownOf = <D>(items: readonly D[], seen: Seen): readonly D[] =>
  items.filter((_item, index) => {
    const one = seen[index];
    if (one instanceof Problem) throw one;
    return one === true;
  });

/** Few cases make a query that the index answers; with more, every document is read. */
const fewEnough = (cases: Reach['cases'], field: CaseField): readonly Condition[] =>
  cases && cases.length <= mostAlternatives ? [{ field, oneOf: cases }] : [];

const seenBy = ({ cases, mayRead }: Reach, field: CaseField): SeenOf => {
  const reached = cases && new Set(cases);
  return async (items) => {
    const asked = items.map((item) => ({ caseId: String(item[field]), record: item.id }));
    const may = await mayRead(asked.filter(({ caseId }) => reached?.has(caseId) ?? true));
    const answers = may.values();
    return asked.map(({ caseId }) => (reached?.has(caseId) ?? true) && (answers.next().value ?? false));
  };
};
