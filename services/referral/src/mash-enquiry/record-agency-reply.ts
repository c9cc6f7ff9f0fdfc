import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { OrganisationId } from '@waymark/kernel';
import { caseOf, Changes, Code, CommandRunner, Context, Handle, IdParameter, ShortText, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { mashEnquiry, type AgencyReply } from '@waymark/referral-domain';

export class RecordAgencyReplyRequest extends RecordingRequest {
  @Handle() agency!: string;
  @Handle({ optional: true }) organisation?: string;
  @Code(['shared', 'refused', 'silent']) kind!: 'shared' | 'refused' | 'silent';
  @LongText({ optional: true, description: 'For shared: what was shared.' }) shared?: string;
  @ShortText({ optional: true, description: 'For shared: the basis on which it was.' }) basis?: string;
  @LongText({ optional: true, description: 'For refused: why.' }) reason?: string;
}

@ApiTags('referral: MASH enquiries')
@Controller('api/referral/mash-enquiries')
export class RecordAgencyReplyController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes(':enquiryId/replies', "Record an agency's reply, refusal or silence, and on which basis it shared (FD-04)", {
    does: 'mash-enquiry.work',
    of: caseOf(mashEnquiry, 'enquiryId'),
  })
  record(
    @Param('enquiryId', IdParameter) enquiryId: string,
    @Body() request: RecordAgencyReplyRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { agency } = request;
    const organisation = (request.organisation ?? null) as OrganisationId | null;
    return this.commands.change(
      mashEnquiry,
      enquiryId,
      ({ caseId }) => ({ kind: 'RecordAgencyReply', caseId, agency, organisation, reply: replyOf(request) }),
      { context, request },
    );
  }
}

/** What a reply of each kind has to say is the domain's to judge; what is left out is empty. */
const replyOf = ({ kind, shared = '', basis = '', reason = '' }: RecordAgencyReplyRequest): AgencyReply => {
  if (kind === 'shared') return { kind, shared, basis };
  return kind === 'refused' ? { kind, reason } : { kind };
};
