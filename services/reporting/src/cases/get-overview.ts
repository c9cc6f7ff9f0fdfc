import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { CaseRecords, type RequestContext } from '@waymark/nest';
import { authorities, type Authority } from '@waymark/policy';
import type { Condition } from '@waymark/read-model';
import { caseList } from './case-document.js';
import { stages, stageWords, type Stage } from './stage.js';

export interface Overview {
  readonly cases: number;
  /** With a deadline that was missed and is still to be met. */
  readonly overdue: number;
  /** Past the end of their review window (TAF-02). */
  readonly drifting: number;
  readonly byAuthority: readonly {
    readonly authority: Authority;
    readonly cases: number;
    readonly byStage: readonly { readonly stage: Stage; readonly stageInWords: string; readonly cases: number }[];
  }[];
}

export class GetOverview extends Query<Overview> {
  constructor(readonly context: RequestContext) {
    super();
  }
}

type Count = (...where: readonly Condition[]) => Promise<number>;

/** Counts alone: nothing in it is about anybody. */
@QueryHandler(GetOverview)
export class GetOverviewHandler implements IQueryHandler<GetOverview> {
  constructor(private readonly records: CaseRecords) {}

  async execute({ context }: GetOverview): Promise<Overview> {
    const count: Count = (...where) => this.records.count(caseList.name, where, context);
    const [cases, overdue, drifting, byAuthority] = await Promise.all([
      count(),
      count({ field: 'overdue', is: true }),
      count({ field: 'drifting', is: true }),
      Promise.all(authorities.map((authority) => ofAuthority(authority, count))),
    ]);
    return { cases, overdue, drifting, byAuthority };
  }
}

const ofAuthority = async (authority: Authority, count: Count): Promise<Overview['byAuthority'][number]> => {
  const ofIt = { field: 'authority', is: authority };
  const byStage = await Promise.all(
    stages.map(async (stage) => ({
      stage,
      stageInWords: stageWords[stage],
      cases: await count(ofIt, { field: 'stage', is: stage }),
    })),
  );
  return { authority, cases: await count(ofIt), byStage: byStage.filter(({ cases }) => cases > 0) };
};
