import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Uuid } from '@waymark/kernel';
import { caseOf, Changes, CommandRunner, Context, IdParameter, RecordingRequest } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { contact } from '@waymark/referral-domain';

@ApiTags('referral: contacts')
@Controller('api/referral/contacts')
export class RequestMashEnquiryController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes(':contactId/mash-enquiry', "Ask for a MASH enquiry before deciding; its 72 hours run from the contact's receipt (FD-03)", {
    does: 'contact.triage',
    of: caseOf(contact, 'contactId'),
  })
  request(
    @Param('contactId', IdParameter) contactId: Uuid,
    @Body() request: RecordingRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.change(contact, contactId, ({ caseId }) => ({ kind: 'RequestMashEnquiry', caseId, contactId }), {
      context,
      request,
    });
  }
}
