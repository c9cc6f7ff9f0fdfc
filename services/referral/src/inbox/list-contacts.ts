import { Controller, Inject, Query as QueryString } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Code, PageRequest, pageOf, READ_MODELS, Shows, casesOf } from '@waymark/nest';
import type { Page, ReadModelStore } from '@waymark/read-model';
import { inboxCollection, type InboxEntry } from './inbox.projection.js';

const statuses = ['received', 'in-mash-enquiry', 'triaged'] as const;

export class ListContactsRequest extends PageRequest {
  @Code(statuses, { optional: true }) status?: (typeof statuses)[number];
}

export class ListContacts extends Query<Page<InboxEntry>> {
  constructor(readonly request: ListContactsRequest) {
    super();
  }
}

@QueryHandler(ListContacts)
export class ListContactsHandler implements IQueryHandler<ListContacts> {
  constructor(@Inject(READ_MODELS) private readonly readModels: ReadModelStore) {}

  execute({ request }: ListContacts): Promise<Page<InboxEntry>> {
    const where = request.status === undefined ? [] : [{ field: 'status', is: request.status }];
    return this.readModels.find(inboxCollection, { where, sortBy: 'receivedAt', ...pageOf(request) });
  }
}

@ApiTags('referral: contacts')
@Controller('api/referral/contacts')
export class ListContactsController {
  constructor(private readonly queries: QueryBus) {}

  @Shows('', 'The contacts, oldest first: which still have to be decided', { shows: 'the list of contacts', of: casesOf('referral') })
  list(@QueryString() request: ListContactsRequest): Promise<Page<InboxEntry>> {
    return this.queries.execute(new ListContacts(request));
  }
}
