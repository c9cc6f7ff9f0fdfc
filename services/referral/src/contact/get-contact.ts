import { Controller, Param } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Context, grantedTo, type RequestContext, CaseRecords, IdParameter, notFound, Shows, caseOf } from '@waymark/nest';
import { contact } from '@waymark/referral-domain';
import { contactView, type ContactView } from './contact-view.js';

export class GetContact extends Query<ContactView> {
  constructor(
    readonly contactId: string,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@QueryHandler(GetContact)
export class GetContactHandler implements IQueryHandler<GetContact> {
  constructor(private readonly records: CaseRecords) {}

  async execute({ contactId, context }: GetContact): Promise<ContactView> {
    const view = contactView(contactId, await this.records.events(contact, contactId, context), grantedTo(context).withheld);
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
    return this.queries.execute(new GetContact(contactId, context));
  }
}
