import type { CaseId } from '@waymark/kernel';
import type { Condition, Document, Page, Query, ReadModelStore } from '@waymark/read-model';
import type { RequestContext } from '../identity/request-context.js';
import type { AccessLog } from './access-log.js';
import { grantedTo } from './gate.js';

/** Which records a list may show to whoever asked for it: the gate's condition. */
export type Reach =
  | { readonly every: true }
  | {
      readonly every: false;
      /** The cases that may hold something to show. */
      readonly cases: readonly string[];
      /** The single check, of a record of one of them. */
      readonly mayRead: (caseId: string, record: string) => boolean;
    };

/** What the gate let a request for a list through with. */
export interface GrantedList {
  readonly action: string;
  readonly position: string | null;
  readonly reach: Reach;
}

/** Where a list's documents say which case they are of: the field, with an index. */
type CaseField = 'caseId' | 'id';

/** As many alternatives as one question of the read models takes. */
const mostAlternatives = 500;

/** Reads lists for handlers, by the gate's condition: a list holds what a single look at each record would show, and what it shows is recorded first. */
export class CaseLists {
  constructor(
    private readonly readModels: Pick<ReadModelStore, 'find'>,
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
    return page;
  }

  private async within<D extends Document>(collection: string, query: Query, reach: Reach, field: CaseField): Promise<Page<D>> {
    if (reach.every) return this.readModels.find<D>(collection, query);
    if (reach.cases.length === 0) return { items: [] };
    const where = [...(query.where ?? []), ...fewEnough(reach.cases, field)];
    const limit = query.limit ?? 50;
    let page: Page<D> = { items: [], ...(query.cursor ? { next: query.cursor } : {}) };
    do page = await this.more(page, collection, { ...query, where, limit }, seenBy(reach, field));
    while (page.next && page.items.length < limit);
    return page;
  }

  /** A page with what follows it. */
  private async more<D extends Document>(
    { items, next }: Page<D>,
    collection: string,
    { cursor: _, ...query }: Query & { readonly limit: number },
    isSeen: (item: Document) => boolean,
  ): Promise<Page<D>> {
    const asked = { ...query, limit: query.limit - items.length, ...(next ? { cursor: next } : {}) };
    const page = await this.readModels.find<D>(collection, asked);
    return { items: [...items, ...page.items.filter(isSeen)], ...(page.next ? { next: page.next } : {}) };
  }
}

/** So few cases are a question that the index answers; of more every document is looked at. */
const fewEnough = (cases: readonly string[], field: CaseField): readonly Condition[] =>
  cases.length <= mostAlternatives ? [{ field, oneOf: cases }] : [];

const seenBy = ({ cases, mayRead }: Extract<Reach, { every: false }>, field: CaseField): ((item: Document) => boolean) => {
  const known = new Set(cases);
  return (item) => known.has(String(item[field])) && mayRead(String(item[field]), item.id);
};
