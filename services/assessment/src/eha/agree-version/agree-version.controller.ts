import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { eha } from '@waymark/assessment-domain';
import { AgreeVersion } from './agree-version.handler.js';
import { AgreeVersionRequest } from './request.js';

@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class AgreeVersionController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':ehaId/agreements', 'Record that the family saw this version and agreed to it (EHA-09)', {
    does: 'assessment.finish',
    of: caseOf(eha, 'ehaId'),
  })
  agree(
    @Param('ehaId', IdParameter) ehaId: string,
    @Body() request: AgreeVersionRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new AgreeVersion(ehaId, request, context));
  }
}
