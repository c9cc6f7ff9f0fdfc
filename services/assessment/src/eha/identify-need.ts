import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { eha } from '@waymark/assessment-domain';
import { derivedId, type PersonId } from '@waymark/kernel';
import { caseOf, Changes, CommandRunner, Context, Handle, Id, IdParameter, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';

export class IdentifyNeedRequest extends RecordingRequest {
  @Handle({ example: 'good-education', description: 'A heading of the outcomes framework.' }) code!: string;
  @Id({ description: 'Whose it is.' }) personId!: string;
  @LongText({ optional: true }) description?: string;
}

@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class IdentifyNeedController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes(':ehaId/needs', 'Identify a need, by its heading in the outcomes framework', {
    does: 'assessment.contribute',
    of: caseOf(eha, 'ehaId'),
  })
  identify(
    @Param('ehaId', IdParameter) ehaId: string,
    @Body() request: IdentifyNeedRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { code, personId, description } = request;
    return this.commands.change(
      eha,
      ehaId,
      ({ caseId }) => ({
        kind: 'IdentifyNeed',
        caseId,
        needId: derivedId(context.commandId, 'need'),
        code,
        personId: personId as PersonId,
        description: description ?? null,
      }),
      { context, request },
    );
  }
}
