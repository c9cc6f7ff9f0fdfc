import { Controller, Inject, Query as QueryString } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Code, Id, PageRequest, pageOf, READ_MODELS, Shows, casesOf } from '@waymark/nest';
import type { Page, ReadModelStore } from '@waymark/read-model';
import { requestCollection, type RequestEntry } from './requests.projection.js';

const statuses = ['awaiting-triage', 'returned', 'allocated', 'with-panel', 'signposted', 'withdrawn'] as const;

export class ListRequestsRequest extends PageRequest {
  @Code(statuses, { optional: true }) status?: (typeof statuses)[number];
  @Id({ optional: true }) caseId?: string;
}

export class ListRequests extends Query<Page<RequestEntry>> {
  constructor(readonly request: ListRequestsRequest) {
    super();
  }
}

@QueryHandler(ListRequests)
export class ListRequestsHandler implements IQueryHandler<ListRequests> {
  constructor(@Inject(READ_MODELS) private readonly readModels: ReadModelStore) {}

  execute({ request }: ListRequests): Promise<Page<RequestEntry>> {
    const { status, caseId } = request;
    const where = [
      ...(status === undefined ? [] : [{ field: 'status', is: status }]),
      ...(caseId === undefined ? [] : [{ field: 'caseId', is: caseId }]),
    ];
    return this.readModels.find(requestCollection, { where, sortBy: 'since', ...pageOf(request) });
  }
}

@ApiTags('targeted-support: requests')
@Controller('api/targeted-support/requests')
export class ListRequestsController {
  constructor(private readonly queries: QueryBus) {}

  @Shows('', 'The requests, longest waiting first; with status=awaiting-triage, those still to be triaged', {
    shows: 'the list of requests',
    of: casesOf('targeted-support'),
  })
  list(@QueryString() request: ListRequestsRequest): Promise<Page<RequestEntry>> {
    return this.queries.execute(new ListRequests(request));
  }
}
