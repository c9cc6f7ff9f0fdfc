import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { eha } from '@waymark/assessment-domain';
import { RaiseSafetyConcern } from './raise-safety-concern.handler.js';
import { RaiseSafetyConcernRequest } from './request.js';

@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class RaiseSafetyConcernController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':ehaId/safety-concerns', 'Raise an immediate safeguarding concern, whatever state the assessment is in (FD-11)', {
    does: 'concern.raise',
    of: caseOf(eha, 'ehaId'),
  })
  raise(
    @Param('ehaId', IdParameter) ehaId: string,
    @Body() request: RaiseSafetyConcernRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new RaiseSafetyConcern(ehaId, request, context));
  }
}
