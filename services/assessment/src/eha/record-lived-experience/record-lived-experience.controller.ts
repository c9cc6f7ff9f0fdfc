import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { eha } from '@waymark/assessment-domain';
import { RecordLivedExperience } from './record-lived-experience.handler.js';
import { RecordLivedExperienceRequest } from './request.js';

@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class RecordLivedExperienceController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':ehaId/lived-experience', "Record a child's lived experience, in their words or by observation (EHA-06)", {
    does: 'assessment.contribute',
    of: caseOf(eha, 'ehaId'),
  })
  record(
    @Param('ehaId', IdParameter) ehaId: string,
    @Body() request: RecordLivedExperienceRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new RecordLivedExperience(ehaId, request, context));
  }
}
