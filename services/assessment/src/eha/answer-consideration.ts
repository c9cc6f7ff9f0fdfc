import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { eha } from '@waymark/assessment-domain';
import { caseOf, Changes, CommandRunner, Context, Handle, IdParameter, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';

export class AnswerConsiderationRequest extends RecordingRequest {
  @Handle({ example: 'needs-of-all-members', description: "One of the authority's considerations." }) consideration!: string;
  @LongText() answer!: string;
}

@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class AnswerConsiderationController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes(':ehaId/considerations', 'Answer one of the eight considerations (EHA-05)', {
    does: 'assessment.contribute',
    of: caseOf(eha, 'ehaId'),
  })
  answer(
    @Param('ehaId', IdParameter) ehaId: string,
    @Body() request: AnswerConsiderationRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { consideration, answer } = request;
    return this.commands.change(eha, ehaId, ({ caseId }) => ({ kind: 'AnswerConsideration', caseId, consideration, answer }), {
      context,
      request,
    });
  }
}
