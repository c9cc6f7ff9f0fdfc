import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { eha } from '@waymark/assessment-domain';
import { RecordFatherEffort } from './record-father-effort.handler.js';
import { RecordFatherEffortRequest } from './request.js';

@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class RecordFatherEffortController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':ehaId/father-efforts', 'Record an effort to include fathers and other male carers (EHA-11)', {
    does: 'assessment.contribute',
    of: caseOf(eha, 'ehaId'),
  })
  record(
    @Param('ehaId', IdParameter) ehaId: string,
    @Body() request: RecordFatherEffortRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new RecordFatherEffort(ehaId, request, context));
  }
}
