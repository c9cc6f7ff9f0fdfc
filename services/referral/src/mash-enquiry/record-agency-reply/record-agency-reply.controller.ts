import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { mashEnquiry } from '@waymark/referral-domain';
import { RecordAgencyReplyRequest } from './request.js';
import { RecordAgencyReply } from './record-agency-reply.handler.js';

@ApiTags('referral: MASH enquiries')
@Controller('api/referral/mash-enquiries')
export class RecordAgencyReplyController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':enquiryId/replies', "Record an agency's reply, refusal or silence, and on which basis it shared (FD-04)", {
    does: 'mash-enquiry.work',
    of: caseOf(mashEnquiry, 'enquiryId'),
  })
  record(
    @Param('enquiryId', IdParameter) enquiryId: string,
    @Body() request: RecordAgencyReplyRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new RecordAgencyReply(enquiryId, request, context));
  }
}
