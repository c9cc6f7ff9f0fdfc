import { Controller, Inject, Param } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { collect, type EventStore } from '@waymark/event-store';
import { streamOf } from '@waymark/kernel';
import { EVENT_STORE, IdParameter, notFound, Shows, caseOf } from '@waymark/nest';
import { request } from '@waymark/targeted-support-domain';
import { requestView, type RequestView } from './request-view.js';

export class GetRequest extends Query<RequestView> {
  constructor(readonly requestId: string) {
    super();
  }
}

@QueryHandler(GetRequest)
export class GetRequestHandler implements IQueryHandler<GetRequest> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  async execute({ requestId }: GetRequest): Promise<RequestView> {
    const view = requestView(requestId, await collect(this.store.read(streamOf(request, requestId))));
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
  get(@Param('requestId', IdParameter) requestId: string): Promise<RequestView> {
    return this.queries.execute(new GetRequest(requestId));
  }
}
