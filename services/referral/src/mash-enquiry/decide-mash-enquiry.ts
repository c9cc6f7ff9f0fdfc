import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { caseOf, Changes, Code, CommandRunner, Context, IdParameter, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { mashEnquiry, triageOutcomes, type TriageOutcome } from '@waymark/referral-domain';

export class DecideMashEnquiryRequest extends RecordingRequest {
  @Code(triageOutcomes) outcome!: TriageOutcome;
  @LongText() rationale!: string;
}

@ApiTags('referral: MASH enquiries')
@Controller('api/referral/mash-enquiries')
export class DecideMashEnquiryController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes(':enquiryId/decision', 'Decide a MASH enquiry (FD-02, FD-03)', {
    does: 'mash-enquiry.work',
    of: caseOf(mashEnquiry, 'enquiryId'),
  })
  decide(
    @Param('enquiryId', IdParameter) enquiryId: string,
    @Body() request: DecideMashEnquiryRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { outcome, rationale } = request;
    return this.commands.change(mashEnquiry, enquiryId, ({ caseId }) => ({ kind: 'DecideMashEnquiry', caseId, outcome, rationale }), {
      context,
      request,
    });
  }
}
