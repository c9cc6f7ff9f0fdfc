import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { CaseId, Instant } from '@waymark/kernel';
import { CaseRecords, notFound, problem, type RequestContext } from '@waymark/nest';
import { CaseHistory, type Horizon } from '../case-history.js';
import { CaseFold, type StreamState } from '../case-state.js';
import { horizonOf } from '../chronology/get-chronology.js';
import { DomainCatalogue } from '../domain-catalogue.js';

export interface CaseState {
  readonly caseId: CaseId;
  /** Of the case: how many of its events had been recorded. 0 where it was not known yet. */
  readonly version: number;
  readonly asKnownAt?: Instant;
  readonly streams: readonly StreamState[];
}

interface Asked {
  readonly version?: number;
  readonly asKnownAt?: string;
}

export class GetCaseState extends Query<CaseState> {
  constructor(
    readonly caseId: CaseId,
    readonly asked: Asked,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@QueryHandler(GetCaseState)
export class GetCaseStateHandler implements IQueryHandler<GetCaseState> {
  constructor(
    private readonly records: CaseRecords,
    private readonly practice: DomainCatalogue,
  ) {}

  async execute({ caseId, asked, context }: GetCaseState): Promise<CaseState> {
    const history = new CaseHistory(this.records.whole(caseId, context), this.practice);
    const horizon = horizonOfState(asked);
    const fold = new CaseFold(this.practice);
    let version = 0;
    for await (const numbered of history.events(caseId, horizon)) {
      fold.add(numbered.event);
      version = numbered.version;
    }
    if (version === 0 && !(await history.exists(caseId))) throw notFound('case');
    if (version < (horizon.to ?? 0)) throw beyondTheEnd(version);
    return { caseId, version, ...(horizon.asKnownAt ? { asKnownAt: horizon.asKnownAt } : {}), streams: fold.states() };
  }
}

const horizonOfState = ({ version, asKnownAt }: Asked): Horizon => {
  if (version === undefined) return horizonOf(asKnownAt === undefined ? {} : { asKnownAt });
  if (asKnownAt === undefined) return { to: version };
  throw problem([422, 'version-and-moment', 'Not both at once'], 'Ask for a version or for a moment, not for both.', {
    errors: ['version', 'asKnownAt'].map((field) => ({ field, message: 'cannot be combined with the other' })),
  });
};

const beyondTheEnd = (reached: number) =>
  problem(
    [422, 'no-such-version', 'The case has not come that far'],
    `Its newest version is ${reached}. Ask for one up to that, or for none.`,
    {
      field: 'version',
      current: reached,
    },
  );
