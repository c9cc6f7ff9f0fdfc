import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { eha } from '@waymark/assessment-domain';
import { RecordHubCheck } from './record-hub-check.handler.js';
import { RecordHubCheckRequest } from './request.js';

@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class RecordHubCheckController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':ehaId/hub-checks', "Record the hub's safeguarding and quality checks, and what follows (FD-07)", {
    does: 'assessment.check',
    of: caseOf(eha, 'ehaId'),
  })
  record(
    @Param('ehaId', IdParameter) ehaId: string,
    @Body() request: RecordHubCheckRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new RecordHubCheck(ehaId, request, context));
  }
}
