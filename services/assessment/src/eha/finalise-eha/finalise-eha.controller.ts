import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { eha } from '@waymark/assessment-domain';
import { FinaliseEha } from './finalise-eha.handler.js';
import { FinaliseEhaRequest } from './request.js';

@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class FinaliseEhaController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':ehaId/completion', 'Complete the assessment on the version that the family agreed (EHA-05, EHA-06, EHA-09)', {
    does: 'assessment.finish',
    of: caseOf(eha, 'ehaId'),
  })
  finalise(
    @Param('ehaId', IdParameter) ehaId: string,
    @Body() request: FinaliseEhaRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new FinaliseEha(ehaId, request, context));
  }
}
