import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { eha } from '@waymark/assessment-domain';
import { caseOf, Changes, CommandRunner, Context, IdParameter, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';

export class RecordFatherEffortRequest extends RecordingRequest {
  @LongText() effort!: string;
}

@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class RecordFatherEffortController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes(':ehaId/father-efforts', 'Record an effort to include fathers and other male carers (EHA-11)', {
    does: 'assessment.contribute',
    of: caseOf(eha, 'ehaId'),
  })
  record(
    @Param('ehaId', IdParameter) ehaId: string,
    @Body() request: RecordFatherEffortRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { effort } = request;
    return this.commands.change(eha, ehaId, ({ caseId }) => ({ kind: 'RecordFatherEffort', caseId, effort }), { context, request });
  }
}
