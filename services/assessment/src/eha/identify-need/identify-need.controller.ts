import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { eha } from '@waymark/assessment-domain';
import { IdentifyNeed } from './identify-need.handler.js';
import { IdentifyNeedRequest } from './request.js';

@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class IdentifyNeedController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':ehaId/needs', 'Identify a need, by its heading in the outcomes framework', {
    does: 'assessment.contribute',
    of: caseOf(eha, 'ehaId'),
  })
  identify(
    @Param('ehaId', IdParameter) ehaId: string,
    @Body() request: IdentifyNeedRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new IdentifyNeed(ehaId, request, context));
  }
}
