import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { eha } from '@waymark/assessment-domain';
import { AnswerConsideration } from './answer-consideration.handler.js';
import { AnswerConsiderationRequest } from './request.js';

@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class AnswerConsiderationController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':ehaId/considerations', 'Answer one of the eight considerations (EHA-05)', {
    does: 'assessment.contribute',
    of: caseOf(eha, 'ehaId'),
  })
  answer(
    @Param('ehaId', IdParameter) ehaId: string,
    @Body() request: AnswerConsiderationRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new AnswerConsideration(ehaId, request, context));
  }
}
