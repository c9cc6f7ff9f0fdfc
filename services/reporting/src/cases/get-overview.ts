import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { READ_MODELS } from '@waymark/nest';
import { authorities, type Authority } from '@waymark/policy';
import type { Condition, ReadModelStore } from '@waymark/read-model';
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

export class GetOverview extends Query<Overview> {}

/** Counts alone: nothing in it is about anybody. */
@QueryHandler(GetOverview)
export class GetOverviewHandler implements IQueryHandler<GetOverview> {
  constructor(@Inject(READ_MODELS) private readonly readModels: ReadModelStore) {}

  async execute(): Promise<Overview> {
    const [cases, overdue, drifting, byAuthority] = await Promise.all([
      this.count(),
      this.count({ field: 'overdue', is: true }),
      this.count({ field: 'drifting', is: true }),
      Promise.all(authorities.map((authority) => this.ofAuthority(authority))),
    ]);
    return { cases, overdue, drifting, byAuthority };
  }

  private async ofAuthority(authority: Authority): Promise<Overview['byAuthority'][number]> {
    const ofIt = { field: 'authority', is: authority };
    const byStage = await Promise.all(
      stages.map(async (stage) => ({
        stage,
        stageInWords: stageWords[stage],
        cases: await this.count(ofIt, { field: 'stage', is: stage }),
      })),
    );
    return { authority, cases: await this.count(ofIt), byStage: byStage.filter(({ cases }) => cases > 0) };
  }

  private count(...where: readonly Condition[]): Promise<number> {
    return this.readModels.count(caseList.name, where);
  }
}
