import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, RecordingRequest, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { contact } from '@waymark/referral-domain';
import { RequestMashEnquiry } from './request-mash-enquiry.handler.js';

@ApiTags('referral: contacts')
@Controller('api/referral/contacts')
export class RequestMashEnquiryController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':contactId/mash-enquiry', "Ask for a MASH enquiry before deciding; its 72 hours run from the contact's receipt (FD-03)", {
    does: 'contact.triage',
    of: caseOf(contact, 'contactId'),
  })
  request(
    @Param('contactId', IdParameter) contactId: string,
    @Body() request: RecordingRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new RequestMashEnquiry(contactId, request, context));
  }
}
