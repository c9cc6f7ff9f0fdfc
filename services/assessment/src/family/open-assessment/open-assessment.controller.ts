import { Body, Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { derivedId } from '@waymark/kernel';
import { Begins, Context, type CommandAnswer, type RequestContext, caseNamedBy } from '@waymark/nest';
import { OpenAssessment } from './open-assessment.handler.js';
import { OpenAssessmentRequest } from './request.js';

@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class OpenAssessmentController {
  constructor(private readonly commands: CommandBus) {}

  @Begins('', "Open the family's assessment, on consent to take part (CON-01, EHA-02, EHA-03); due in four weeks (EHA-08)", {
    does: 'assessment.open',
    of: caseNamedBy('assessment', 'caseId'),
  })
  open(@Body() request: OpenAssessmentRequest, @Context() context: RequestContext): Promise<CommandAnswer> {
    return this.commands.execute(new OpenAssessment(derivedId(context.commandId, 'eha'), request, context));
  }
}
