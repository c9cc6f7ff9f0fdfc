import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { mashEnquiry } from '@waymark/referral-domain';
import { AskAgencyRequest } from './request.js';
import { AskAgency } from './ask-agency.handler.js';

@ApiTags('referral: MASH enquiries')
@Controller('api/referral/mash-enquiries')
export class AskAgencyController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':enquiryId/agencies', 'Ask an agency of the MASH for what it knows (FD-04)', {
    does: 'mash-enquiry.work',
    of: caseOf(mashEnquiry, 'enquiryId'),
  })
  ask(
    @Param('enquiryId', IdParameter) enquiryId: string,
    @Body() request: AskAgencyRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new AskAgency(enquiryId, request, context));
  }
}
