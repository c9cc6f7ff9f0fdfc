import { Controller, Param } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { CaseRecords, Context, IdParameter, notFound, Shows, caseOf, type RequestContext } from '@waymark/nest';
import { request } from '@waymark/targeted-support-domain';
import { requestView, type RequestView } from './request-view.js';

export class GetRequest extends Query<RequestView> {
  constructor(
    readonly requestId: string,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@QueryHandler(GetRequest)
export class GetRequestHandler implements IQueryHandler<GetRequest> {
  constructor(private readonly records: CaseRecords) {}

  async execute({ requestId, context }: GetRequest): Promise<RequestView> {
    const view = requestView(requestId, await this.records.events(request, requestId, context));
    if (!view) throw notFound('request');
    return view;
  }
}

@ApiTags('targeted-support: requests')
@Controller('api/targeted-support/requests')
export class GetRequestController {
  constructor(private readonly queries: QueryBus) {}

  @Shows(':requestId', 'A request for Targeted Support with everything recorded of it', {
    shows: 'a request for Targeted Support',
    of: caseOf(request, 'requestId'),
  })
  get(@Param('requestId', IdParameter) requestId: string, @Context() context: RequestContext): Promise<RequestView> {
    return this.queries.execute(new GetRequest(requestId, context));
  }
}
