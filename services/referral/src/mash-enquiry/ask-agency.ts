import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { instant, type OrganisationId } from '@waymark/kernel';
import { caseOf, Changes, CommandRunner, Context, Handle, IdParameter, ShortText, Moment, RecordingRequest } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { mashEnquiry } from '@waymark/referral-domain';

export class AskAgencyRequest extends RecordingRequest {
  @Handle({ description: "One of the MASH's partners in the authority's policy pack (FD-05).", example: 'police' }) agency!: string;
  @Handle({ optional: true, description: 'Which organisation of it, where there are several.' }) organisation?: string;
  @ShortText({ description: 'What is asked.' }) question!: string;
  @Moment({ optional: true }) replyBy?: string;
}

@ApiTags('referral: MASH enquiries')
@Controller('api/referral/mash-enquiries')
export class AskAgencyController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes(':enquiryId/agencies', 'Ask an agency of the MASH for what it knows (FD-04)', {
    does: 'mash-enquiry.work',
    of: caseOf(mashEnquiry, 'enquiryId'),
  })
  ask(
    @Param('enquiryId', IdParameter) enquiryId: string,
    @Body() request: AskAgencyRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { agency, question } = request;
    const organisation = (request.organisation ?? null) as OrganisationId | null;
    const replyBy = request.replyBy === undefined ? null : instant(request.replyBy);
    return this.commands.change(
      mashEnquiry,
      enquiryId,
      ({ caseId }) => ({ kind: 'AskAgency', caseId, agency, organisation, question, replyBy }),
      { context, request },
    );
  }
}
