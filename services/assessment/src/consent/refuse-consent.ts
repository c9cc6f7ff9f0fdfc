import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { consent } from '@waymark/assessment-domain';
import { derivedId, type CaseId, type Day } from '@waymark/kernel';
import { Begins, CalendarDay, CommandRunner, Context, Handle, IdParameter, Part, RecordingRequest, LongText, theCase } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { giverOf, GiverRequest } from './parts/giver.js';

export class RefuseConsentRequest extends RecordingRequest {
  @Part(() => GiverRequest) giver!: GiverRequest;
  @Handle({ example: 'take-part-in-early-help' }) purpose!: string;
  @LongText({ optional: true }) reasons?: string;
  @LongText({ optional: true }) reassurance?: string;
  @LongText({ optional: true, description: 'The universal support that was offered instead.' }) alternatives?: string;
  @CalendarDay({ optional: true }) askAgainOn?: string;
}

@ApiTags('assessment: consent')
@Controller('api/assessment/cases/:caseId')
export class RefuseConsentController {
  constructor(private readonly commands: CommandRunner) {}

  @Begins('refusals', 'Record a refusal: reasons, reassurance, alternatives, and when to ask again (CON-10)', {
    does: 'consent.record',
    of: theCase('assessment', 'caseId'),
  })
  async refuse(
    @Param('caseId', IdParameter) caseId: CaseId,
    @Body() request: RefuseConsentRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const refusalId = derivedId(context.commandId, 'refusal');
    const answer = await this.commands.begin(
      consent,
      caseId,
      {
        kind: 'RefuseConsent',
        caseId,
        refusalId,
        giver: giverOf(request.giver),
        purpose: request.purpose,
        reasons: request.reasons ?? null,
        reassurance: request.reassurance ?? null,
        alternatives: request.alternatives ?? null,
        askAgainOn: (request.askAgainOn ?? null) as Day | null,
      },
      { context, request },
    );
    return { ...answer, id: refusalId };
  }
}
