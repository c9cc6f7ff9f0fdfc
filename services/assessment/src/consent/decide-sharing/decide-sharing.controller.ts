import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Begins, Context, IdParameter, type CommandAnswer, type RequestContext, theCase } from '@waymark/nest';
import { DecideSharing } from './decide-sharing.handler.js';
import { DecideSharingRequest } from './request.js';

@ApiTags('assessment: consent')
@Controller('api/assessment/cases/:caseId')
export class DecideSharingController {
  constructor(private readonly commands: CommandBus) {}

  @Begins('sharing-decisions', 'Decide to share without consent, or not to share (CON-12)', {
    does: 'consent.record',
    of: theCase('assessment', 'caseId'),
  })
  decide(
    @Param('caseId', IdParameter) caseId: string,
    @Body() request: DecideSharingRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new DecideSharing(caseId, request, context));
  }
}
