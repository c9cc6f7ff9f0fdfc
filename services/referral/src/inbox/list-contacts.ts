import { Controller, Query as QueryString } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { CaseLists, Context, type RequestContext, Code, PageRequest, pageOf, Shows, casesOf } from '@waymark/nest';
import type { Page } from '@waymark/read-model';
import { inboxCollection, type InboxEntry } from './inbox.projection.js';

const statuses = ['received', 'in-mash-enquiry', 'triaged'] as const;

export class ListContactsRequest extends PageRequest {
  @Code(statuses, { optional: true }) status?: (typeof statuses)[number];
}

export class ListContacts extends Query<Page<InboxEntry>> {
  constructor(
    readonly request: ListContactsRequest,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@QueryHandler(ListContacts)
export class ListContactsHandler implements IQueryHandler<ListContacts> {
  constructor(private readonly lists: CaseLists) {}

  execute({ request, context }: ListContacts): Promise<Page<InboxEntry>> {
    const where = request.status === undefined ? [] : [{ field: 'status', is: request.status }];
    return this.lists.find(inboxCollection, { where, sortBy: 'receivedAt', ...pageOf(request) }, context);
  }
}

@ApiTags('referral: contacts')
@Controller('api/referral/contacts')
export class ListContactsController {
  constructor(private readonly queries: QueryBus) {}

  @Shows('', 'The contacts, oldest first: which still have to be decided', { shows: 'the list of contacts', of: casesOf('referral') })
  list(@QueryString() request: ListContactsRequest, @Context() context: RequestContext): Promise<Page<InboxEntry>> {
    return this.queries.execute(new ListContacts(request, context));
  }
}
