import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { checkResults, eha, type CheckResult } from '@waymark/assessment-domain';
import { caseOf, Changes, Code, CommandRunner, Context, IdParameter, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';

export class RecordHubCheckRequest extends RecordingRequest {
  @Code(checkResults) safeguarding!: CheckResult;
  @Code(checkResults) quality!: CheckResult;
  @LongText({ optional: true }) note?: string;
  @Code(['accepted', 'returned', 'escalated']) outcome!: 'accepted' | 'returned' | 'escalated';
  @LongText({ optional: true, description: 'Why it is returned, or escalated to the MASH.' }) reasons?: string;
}

@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class RecordHubCheckController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes(':ehaId/hub-checks', "Record the hub's safeguarding and quality checks, and what follows (FD-07)", {
    does: 'assessment.check',
    of: caseOf(eha, 'ehaId'),
  })
  record(
    @Param('ehaId', IdParameter) ehaId: string,
    @Body() request: RecordHubCheckRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { safeguarding, quality, note, outcome, reasons } = request;
    return this.commands.change(
      eha,
      ehaId,
      ({ caseId }) => ({ kind: 'RecordHubCheck', caseId, safeguarding, quality, note: note ?? null, outcome, reasons: reasons ?? null }),
      { context, request },
    );
  }
}
