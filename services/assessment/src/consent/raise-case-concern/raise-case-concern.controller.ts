import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Begins, Context, IdParameter, type CommandAnswer, type RequestContext, theCase } from '@waymark/nest';
import { RaiseCaseConcern } from './raise-case-concern.handler.js';
import { RaiseCaseConcernRequest } from './request.js';

@ApiTags('assessment: consent')
@Controller('api/assessment/cases/:caseId')
export class RaiseCaseConcernController {
  constructor(private readonly commands: CommandBus) {}

  @Begins('safety-concerns', 'Raise an immediate safeguarding concern, before any consent (FD-11)', {
    does: 'concern.raise',
    of: theCase('assessment', 'caseId'),
  })
  raise(
    @Param('caseId', IdParameter) caseId: string,
    @Body() request: RaiseCaseConcernRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new RaiseCaseConcern(caseId, request, context));
  }
}
