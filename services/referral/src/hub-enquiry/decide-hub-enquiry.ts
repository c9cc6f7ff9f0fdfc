import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { OrganisationId } from '@waymark/kernel';
import { caseOf, Changes, Code, CommandRunner, Context, Handle, IdParameter, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { hubEnds, hubEnquiry, type HubEnd } from '@waymark/referral-domain';

export class DecideHubEnquiryRequest extends RecordingRequest {
  @Code(hubEnds, { description: 'An assessment is recommended to a named agency, advice, or back to the MASH (FD-06).' }) end!: HubEnd;
  @Handle({ optional: true, description: 'To whom an assessment is recommended.' }) agency?: string;
  @LongText() rationale!: string;
}

@ApiTags('referral: hub enquiries')
@Controller('api/referral/hub-enquiries')
export class DecideHubEnquiryController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes(':enquiryId/decision', 'Decide a hub enquiry: an assessment is recommended, advice, or back to the MASH (FD-06)', {
    does: 'hub-enquiry.decide',
    of: caseOf(hubEnquiry, 'enquiryId'),
  })
  decide(
    @Param('enquiryId', IdParameter) enquiryId: string,
    @Body() request: DecideHubEnquiryRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { end, rationale } = request;
    const agency = (request.agency ?? null) as OrganisationId | null;
    return this.commands.change(hubEnquiry, enquiryId, ({ caseId }) => ({ kind: 'DecideHubEnquiry', caseId, end, agency, rationale }), {
      context,
      request,
    });
  }
}
