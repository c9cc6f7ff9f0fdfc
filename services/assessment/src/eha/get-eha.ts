import { Controller, Param } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { eha } from '@waymark/assessment-domain';
import { CaseRecords, Context, IdParameter, notFound, Shows, caseOf, type RequestContext } from '@waymark/nest';
import { ehaView, type EhaView } from './eha-view.js';

export class GetEha extends Query<EhaView> {
  constructor(
    readonly ehaId: string,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@QueryHandler(GetEha)
export class GetEhaHandler implements IQueryHandler<GetEha> {
  constructor(private readonly records: CaseRecords) {}

  async execute({ ehaId, context }: GetEha): Promise<EhaView> {
    const view = ehaView(ehaId, await this.records.events(eha, ehaId, context));
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
  get(@Param('ehaId', IdParameter) ehaId: string, @Context() context: RequestContext): Promise<EhaView> {
    return this.queries.execute(new GetEha(ehaId, context));
  }
}
