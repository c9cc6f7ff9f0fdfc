import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { family } from '@waymark/assessment-domain';
import type { Uuid } from '@waymark/kernel';
import { Changes, Code, CommandRunner, Context, Id, IdParameter, RecordingRequest, theCase } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';

export class CloseAssessmentRequest extends RecordingRequest {
  @Id({ description: 'The assessment that is open for the family.' }) ehaId!: string;
  @Code(['consent-withdrawn', 'opened-in-error']) reason!: 'consent-withdrawn' | 'opened-in-error';
}

@ApiTags('assessment: assessments')
@Controller('api/assessment/cases')
export class CloseAssessmentController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes(':caseId/assessment/closure', "Close the family's open assessment before any episode does", {
    does: 'assessment.close',
    of: theCase('assessment', 'caseId'),
  })
  close(
    @Param('caseId', IdParameter) caseId: string,
    @Body() request: CloseAssessmentRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { ehaId, reason } = request;
    return this.commands.change(family, caseId, ({ caseId }) => ({ kind: 'CloseAssessment', caseId, ehaId: ehaId as Uuid, reason }), {
      context,
      request,
    });
  }
}
