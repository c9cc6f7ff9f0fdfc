import { Controller, Inject, Param } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { eha } from '@waymark/assessment-domain';
import { collect, type EventStore } from '@waymark/event-store';
import { streamOf } from '@waymark/kernel';
import { EVENT_STORE, IdParameter, notFound, Shows, caseOf } from '@waymark/nest';
import { ehaView, type EhaView } from './eha-view.js';

export class GetEha extends Query<EhaView> {
  constructor(readonly ehaId: string) {
    super();
  }
}

@QueryHandler(GetEha)
export class GetEhaHandler implements IQueryHandler<GetEha> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  async execute({ ehaId }: GetEha): Promise<EhaView> {
    const view = ehaView(ehaId, await collect(this.store.read(streamOf(eha, ehaId))));
    if (!view) throw notFound('assessment');
    return view;
  }
}

@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class GetEhaController {
  constructor(private readonly queries: QueryBus) {}

  @Shows(':ehaId', 'An assessment: what it says, who said it, which version the family agreed, and its deadlines', {
    shows: 'an assessment',
    of: caseOf(eha, 'ehaId'),
  })
  get(@Param('ehaId', IdParameter) ehaId: string): Promise<EhaView> {
    return this.queries.execute(new GetEha(ehaId));
  }
}
