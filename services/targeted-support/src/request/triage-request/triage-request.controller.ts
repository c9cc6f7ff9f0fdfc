import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { request as supportRequest } from '@waymark/targeted-support-domain';
import { TriageRequestRequest } from './request.js';
import { TriageRequest } from './triage-request.handler.js';

@ApiTags('targeted-support: requests')
@Controller('api/targeted-support/requests')
export class TriageRequestController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':requestId/triage', 'Decide what becomes of a request: allocate, panel, return or signpost, with reasons (TS-04)', {
    does: 'request.triage',
    of: caseOf(supportRequest, 'requestId'),
  })
  triage(
    @Param('requestId', IdParameter) requestId: string,
    @Body() request: TriageRequestRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new TriageRequest(requestId, request, context));
  }
}
