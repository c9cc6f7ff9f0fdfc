import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { hubEnquiry } from '@waymark/referral-domain';
import { DecideHubEnquiryRequest } from './request.js';
import { DecideHubEnquiry } from './decide-hub-enquiry.handler.js';

@ApiTags('referral: hub enquiries')
@Controller('api/referral/hub-enquiries')
export class DecideHubEnquiryController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':enquiryId/decision', 'Decide a hub enquiry: an assessment is recommended, advice, or back to the MASH (FD-06)', {
    does: 'hub-enquiry.decide',
    of: caseOf(hubEnquiry, 'enquiryId'),
  })
  decide(
    @Param('enquiryId', IdParameter) enquiryId: string,
    @Body() request: DecideHubEnquiryRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new DecideHubEnquiry(enquiryId, request, context));
  }
}
