import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, theCase } from '@waymark/nest';
import { CloseAssessment } from './close-assessment.handler.js';
import { CloseAssessmentRequest } from './request.js';

@ApiTags('assessment: assessments')
@Controller('api/assessment/cases')
export class CloseAssessmentController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':caseId/assessment/closure', "Close the family's open assessment before any episode does", {
    does: 'assessment.close',
    of: theCase('assessment', 'caseId'),
  })
  close(
    @Param('caseId', IdParameter) caseId: string,
    @Body() request: CloseAssessmentRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new CloseAssessment(caseId, request, context));
  }
}
