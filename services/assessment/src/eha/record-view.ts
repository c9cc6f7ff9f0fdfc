import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { eha } from '@waymark/assessment-domain';
import { derivedId, type PersonId } from '@waymark/kernel';
import { caseOf, Changes, CommandRunner, Context, Id, IdParameter, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';

export class RecordViewRequest extends RecordingRequest {
  @Id({ description: 'Who holds it.' }) personId!: string;
  @LongText() view!: string;
  @LongText({ optional: true }) evidence?: string;
}

@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class RecordViewController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes(':ehaId/views', 'Record a view beside the others, attributed; none is overwritten (EHA-07)', {
    does: 'assessment.contribute',
    of: caseOf(eha, 'ehaId'),
  })
  record(
    @Param('ehaId', IdParameter) ehaId: string,
    @Body() request: RecordViewRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { personId, view, evidence } = request;
    return this.commands.change(
      eha,
      ehaId,
      ({ caseId }) => ({
        kind: 'RecordView',
        caseId,
        viewId: derivedId(context.commandId, 'view'),
        personId: personId as PersonId,
        view,
        evidence: evidence ?? null,
      }),
      { context, request },
    );
  }
}
