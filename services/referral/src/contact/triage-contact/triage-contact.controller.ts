import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { contact } from '@waymark/referral-domain';
import { TriageContactRequest } from './request.js';
import { TriageContact } from './triage-contact.handler.js';

@ApiTags('referral: contacts')
@Controller('api/referral/contacts')
export class TriageContactController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':contactId/triage', 'Decide what becomes of a contact: one of four outcomes, with its rationale (FD-02)', {
    does: 'contact.triage',
    of: caseOf(contact, 'contactId'),
  })
  triage(
    @Param('contactId', IdParameter) contactId: string,
    @Body() request: TriageContactRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new TriageContact(contactId, request, context));
  }
}
