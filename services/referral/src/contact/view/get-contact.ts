import { Controller, Inject, Param } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { collect, type EventStore } from '@waymark/event-store';
import { streamOf } from '@waymark/kernel';
import { Context, grantedTo, type Granted, type RequestContext, EVENT_STORE, IdParameter, notFound, Shows, caseOf } from '@waymark/nest';
import { contact } from '@waymark/referral-domain';
import { contactView, type ContactView } from './contact-view.js';

export class GetContact extends Query<ContactView> {
  constructor(
    readonly contactId: string,
    readonly keptBack: Granted['withheld'],
  ) {
    super();
  }
}

@QueryHandler(GetContact)
export class GetContactHandler implements IQueryHandler<GetContact> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  async execute({ contactId, keptBack }: GetContact): Promise<ContactView> {
    const view = contactView(contactId, await collect(this.store.read(streamOf(contact, contactId))), keptBack);
    if (!view) throw notFound('contact');
    return view;
  }
}

@ApiTags('referral: contacts')
@Controller('api/referral/contacts')
export class GetContactController {
  constructor(private readonly queries: QueryBus) {}

  @Shows(':contactId', 'A contact with everything recorded of it', { shows: 'a contact', of: caseOf(contact, 'contactId') })
  get(@Param('contactId', IdParameter) contactId: string, @Context() context: RequestContext): Promise<ContactView> {
    return this.queries.execute(new GetContact(contactId, grantedTo(context).withheld));
  }
}
