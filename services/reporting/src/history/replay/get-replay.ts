import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { CaseId } from '@waymark/kernel';
import { notFound } from '@waymark/nest';
import { ReplayCheck, type Replay } from './replay.js';

export class GetReplay extends Query<Replay> {
  constructor(readonly caseId: CaseId) {
    super();
  }
}

@QueryHandler(GetReplay)
export class GetReplayHandler implements IQueryHandler<GetReplay> {
  constructor(private readonly check: ReplayCheck) {}

  async execute({ caseId }: GetReplay): Promise<Replay> {
    const replay = await this.check.of(caseId);
    if (replay.events.fromLog === 0) throw notFound('case');
    return replay;
  }
}
