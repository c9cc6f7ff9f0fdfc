import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { CaseId, Instant } from '@waymark/kernel';
import { badRequest, CaseRecords, notFound, pageOf, type PageRequest, type RequestContext } from '@waymark/nest';
import { instant } from '@waymark/kernel';
import { readCursor, writeCursor } from '../case-cursor.js';
import { beginning, CaseHistory, type Horizon, type Place } from '../case-history.js';
import type { ChronologyEntry } from '../entry.js';
import { DomainCatalogue } from '../domain-catalogue.js';

export interface Chronology {
  readonly caseId: CaseId;
  /** Set where the case is shown as it was known at a moment. */
  readonly asKnownAt?: Instant;
  readonly items: readonly ChronologyEntry[];
  /** Absent on the last page. */
  readonly next?: string;
}

interface Asked extends PageRequest {
  readonly asKnownAt?: string;
  readonly to?: number;
}

export class GetChronology extends Query<Chronology> {
  constructor(
    readonly caseId: CaseId,
    readonly asked: Asked,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@QueryHandler(GetChronology)
export class GetChronologyHandler implements IQueryHandler<GetChronology> {
  constructor(
    private readonly records: CaseRecords,
    private readonly practice: DomainCatalogue,
  ) {}

  async execute({ caseId, asked, context }: GetChronology): Promise<Chronology> {
    const history = new CaseHistory(this.records.whole(caseId, context), this.practice);
    const { limit, cursor } = pageOf(asked);
    const horizon = horizonOf(asked);
    const owner = { caseId, horizon };
    const from = cursor === undefined ? beginning : placeOf(readCursor(owner, cursor));
    const items = await take(history.historyOf(caseId, horizon, from), limit + 1);
    // A case that nobody knew of at that moment is there all the same, and its chronology is empty.
    if (items.length === 0 && from === beginning && !(await history.exists(caseId))) throw notFound('case');
    const shown = items.slice(0, limit);
    const last = shown.at(-1);
    return {
      caseId,
      ...(horizon.asKnownAt === undefined ? {} : { asKnownAt: horizon.asKnownAt }),
      items: shown,
      ...(items.length > limit && last ? { next: writeCursor(owner, last) } : {}),
    };
  }
}

export const horizonOf = ({ asKnownAt, to }: Pick<Asked, 'asKnownAt' | 'to'>): Horizon => ({
  ...(asKnownAt === undefined ? {} : { asKnownAt: instant(asKnownAt) }),
  ...(to === undefined ? {} : { to }),
});

const placeOf = (place: Place | undefined): Place => {
  if (!place) throw badRequest('The cursor must be the one that the page before gave, with the same filters.', { field: 'cursor' });
  return place;
};

const take = async <T>(source: AsyncIterable<T>, count: number): Promise<readonly T[]> => {
  const taken: T[] = [];
  for await (const item of source) {
    taken.push(item);
    if (taken.length === count) break;
  }
  return taken;
};
