import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { mashEnquiry } from '@waymark/referral-domain';
import { DecideMashEnquiryRequest } from './request.js';
import { DecideMashEnquiry } from './decide-mash-enquiry.handler.js';

@ApiTags('referral: MASH enquiries')
@Controller('api/referral/mash-enquiries')
export class DecideMashEnquiryController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':enquiryId/decision', 'Decide a MASH enquiry (FD-02, FD-03)', {
    does: 'mash-enquiry.work',
    of: caseOf(mashEnquiry, 'enquiryId'),
  })
  decide(
    @Param('enquiryId', IdParameter) enquiryId: string,
    @Body() request: DecideMashEnquiryRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new DecideMashEnquiry(enquiryId, request, context));
  }
}
