import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { request as supportRequest } from '@waymark/targeted-support-domain';
import { WithdrawRequestRequest } from './request.js';
import { WithdrawRequest } from './withdraw-request.handler.js';

@ApiTags('targeted-support: requests')
@Controller('api/targeted-support/requests')
export class WithdrawRequestController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':requestId/withdrawal', 'Take a request back, with reasons', {
    does: 'request.change',
    of: caseOf(supportRequest, 'requestId'),
  })
  withdraw(
    @Param('requestId', IdParameter) requestId: string,
    @Body() request: WithdrawRequestRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new WithdrawRequest(requestId, request, context));
  }
}
