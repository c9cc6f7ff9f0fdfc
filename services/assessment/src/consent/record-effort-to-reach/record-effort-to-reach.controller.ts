import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, theCase } from '@waymark/nest';
import { RecordEffortToReach } from './record-effort-to-reach.handler.js';
import { RecordEffortToReachRequest } from './request.js';

@ApiTags('assessment: consent')
@Controller('api/assessment/cases/:caseId')
export class RecordEffortToReachController {
  constructor(private readonly commands: CommandBus) {}

  @Changes('other-parents/:personId/efforts', 'Record an effort to reach the other person with parental responsibility (CON-09)', {
    does: 'consent.record',
    of: theCase('assessment', 'caseId'),
  })
  record(
    @Param('caseId', IdParameter) caseId: string,
    @Param('personId', IdParameter) personId: string,
    @Body() request: RecordEffortToReachRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new RecordEffortToReach(caseId, personId, request, context));
  }
}
