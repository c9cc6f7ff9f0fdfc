import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Begins, Context, IdParameter, type CommandAnswer, type RequestContext, theCase } from '@waymark/nest';
import { RecordParentInvolvement } from './record-parent-involvement.handler.js';
import { RecordParentInvolvementRequest } from './request.js';

@ApiTags('assessment: consent')
@Controller('api/assessment/cases/:caseId')
export class RecordParentInvolvementController {
  constructor(private readonly commands: CommandBus) {}

  @Begins('parent-involvement', 'Record how a child was encouraged to involve a parent (CON-08)', {
    does: 'consent.record',
    of: theCase('assessment', 'caseId'),
  })
  record(
    @Param('caseId', IdParameter) caseId: string,
    @Body() request: RecordParentInvolvementRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new RecordParentInvolvement(caseId, request, context));
  }
}
