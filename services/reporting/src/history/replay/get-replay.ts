import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { CaseId } from '@waymark/kernel';
import { CaseRecords, notFound, type RequestContext } from '@waymark/nest';
import { CaseHistory } from '../case-history.js';
import { DomainCatalogue } from '../domain-catalogue.js';
import { ReplayCheck, type Replay } from './replay.js';

export class GetReplay extends Query<Replay> {
  constructor(
    readonly caseId: CaseId,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@QueryHandler(GetReplay)
export class GetReplayHandler implements IQueryHandler<GetReplay> {
  constructor(
    private readonly records: CaseRecords,
    private readonly practice: DomainCatalogue,
  ) {}

  async execute({ caseId, context }: GetReplay): Promise<Replay> {
    const record = this.records.whole(caseId, context);
    const replay = await new ReplayCheck(record, this.practice, new CaseHistory(record, this.practice)).of(caseId);
    if (replay.events.fromLog === 0) throw notFound('case');
    return replay;
  }
}
