import { Body, Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { derivedId } from '@waymark/kernel';
import { Begins, Context, type CommandAnswer, type RequestContext, caseNamedBy } from '@waymark/nest';
import { SubmitRequestRequest } from './request.js';
import { SubmitRequest } from './submit-request.handler.js';

@ApiTags('targeted-support: requests')
@Controller('api/targeted-support/requests')
export class SubmitRequestController {
  constructor(private readonly commands: CommandBus) {}

  @Begins('', 'Request Targeted Support, as the Lead Professional, through the gate (TS-01, TS-02, TS-03, FD-07)', {
    does: 'request.submit',
    of: caseNamedBy('targeted-support', 'caseId'),
  })
  submit(@Body() request: SubmitRequestRequest, @Context() context: RequestContext): Promise<CommandAnswer> {
    return this.commands.execute(new SubmitRequest(derivedId(context.commandId, 'request'), request, context));
  }
}
