import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { eha } from '@waymark/assessment-domain';
import { derivedId, type PersonId } from '@waymark/kernel';
import { caseOf, Changes, CommandRunner, Context, Id, IdParameter, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';

export class RaiseSafetyConcernRequest extends RecordingRequest {
  @Id({ description: 'Whom it is about.' }) personId!: string;
  @LongText() concern!: string;
}

@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class RaiseSafetyConcernController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes(':ehaId/safety-concerns', 'Raise an immediate safeguarding concern, whatever state the assessment is in (FD-11)', {
    does: 'concern.raise',
    of: caseOf(eha, 'ehaId'),
  })
  raise(
    @Param('ehaId', IdParameter) ehaId: string,
    @Body() request: RaiseSafetyConcernRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { personId, concern } = request;
    return this.commands.change(
      eha,
      ehaId,
      ({ caseId }) => ({
        kind: 'RaiseSafetyConcern',
        caseId,
        concernId: derivedId(context.commandId, 'concern'),
        personId: personId as PersonId,
        concern,
      }),
      { context, request },
    );
  }
}
