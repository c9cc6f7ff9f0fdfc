import { Controller, Query as QueryString } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { CaseLists, Context, type RequestContext, Code, Id, PageRequest, pageOf, Shows, casesOf, type CaseEntry } from '@waymark/nest';
import type { Page } from '@waymark/read-model';
import { requestCollection, type RequestEntry } from './requests.projection.js';

const statuses = ['awaiting-triage', 'returned', 'allocated', 'with-panel', 'signposted', 'withdrawn'] as const;

export class ListRequestsRequest extends PageRequest {
  @Code(statuses, { optional: true }) status?: (typeof statuses)[number];
  @Id({ optional: true }) caseId?: string;
}

/** With the authority that the case is under now; null where it is not known here yet. */
export type ListedRequest = RequestEntry & { readonly authority: string | null };

export class ListRequests extends Query<Page<ListedRequest>> {
  constructor(
    readonly request: ListRequestsRequest,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@QueryHandler(ListRequests)
export class ListRequestsHandler implements IQueryHandler<ListRequests> {
  constructor(private readonly lists: CaseLists) {}

  async execute({ request, context }: ListRequests): Promise<Page<ListedRequest>> {
    const { status, caseId } = request;
    const where = [
      ...(status === undefined ? [] : [{ field: 'status', is: status }]),
      ...(caseId === undefined ? [] : [{ field: 'caseId', is: caseId }]),
    ];
    const page = await this.lists.find<RequestEntry>(requestCollection, { where, sortBy: 'since', ...pageOf(request) }, context);
    const cases = await this.lists.beside<CaseEntry>(page, 'targeted-support.cases');
    return { ...page, items: page.items.map((item) => ({ ...item, authority: cases.get(item.caseId ?? '')?.authority ?? null })) };
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
  list(@QueryString() request: ListRequestsRequest, @Context() context: RequestContext): Promise<Page<ListedRequest>> {
    return this.queries.execute(new ListRequests(request, context));
  }
}
