import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { eha } from '@waymark/assessment-domain';
import type { PersonId } from '@waymark/kernel';
import { caseOf, Changes, CommandRunner, Context, Id, IdParameter, RecordingRequest, Integer } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';

export class AgreeVersionRequest extends RecordingRequest {
  @Integer({ min: 0, max: 1_000_000, description: 'The `contentVersion` that was seen.' }) version!: number;
  @Id({ description: 'Who of the family agreed.' }) by!: string;
}

@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class AgreeVersionController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes(':ehaId/agreements', 'Record that the family saw this version and agreed to it (EHA-09)', {
    does: 'assessment.finish',
    of: caseOf(eha, 'ehaId'),
  })
  agree(
    @Param('ehaId', IdParameter) ehaId: string,
    @Body() request: AgreeVersionRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { version, by } = request;
    return this.commands.change(eha, ehaId, ({ caseId }) => ({ kind: 'AgreeVersion', caseId, version, by: by as PersonId }), {
      context,
      request,
    });
  }
}
