import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Begins, Context, IdParameter, type CommandAnswer, type RequestContext, theCase } from '@waymark/nest';
import { RecordOtherParent } from './record-other-parent.handler.js';
import { RecordOtherParentRequest } from './request.js';

@ApiTags('assessment: consent')
@Controller('api/assessment/cases/:caseId')
export class RecordOtherParentController {
  constructor(private readonly commands: CommandBus) {}

  @Begins('other-parents', 'Record another person with parental responsibility, who is to be reached (CON-09)', {
    does: 'consent.record',
    of: theCase('assessment', 'caseId'),
  })
  record(
    @Param('caseId', IdParameter) caseId: string,
    @Body() request: RecordOtherParentRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new RecordOtherParent(caseId, request, context));
  }
}
