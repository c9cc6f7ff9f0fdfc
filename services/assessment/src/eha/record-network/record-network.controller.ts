import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { eha } from '@waymark/assessment-domain';
import { RecordNetwork } from './record-network.handler.js';
import { RecordNetworkRequest } from './request.js';

@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class RecordNetworkController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':ehaId/network', "Record somebody of the family's own network, and how they could help (EHA-12)", {
    does: 'assessment.contribute',
    of: caseOf(eha, 'ehaId'),
  })
  record(
    @Param('ehaId', IdParameter) ehaId: string,
    @Body() request: RecordNetworkRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new RecordNetwork(ehaId, request, context));
  }
}
