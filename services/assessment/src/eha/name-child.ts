import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { eha } from '@waymark/assessment-domain';
import type { PersonId } from '@waymark/kernel';
import { caseOf, Changes, CommandRunner, Context, Id, IdParameter, RecordingRequest } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';

export class NameChildRequest extends RecordingRequest {
  @Id() childId!: string;
}

@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class NameChildController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes(':ehaId/children', 'Name a child at home (EHA-04)', { does: 'assessment.contribute', of: caseOf(eha, 'ehaId') })
  name(
    @Param('ehaId', IdParameter) ehaId: string,
    @Body() request: NameChildRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { childId } = request;
    return this.commands.change(eha, ehaId, ({ caseId }) => ({ kind: 'NameChild', caseId, childId: childId as PersonId }), {
      context,
      request,
    });
  }
}
