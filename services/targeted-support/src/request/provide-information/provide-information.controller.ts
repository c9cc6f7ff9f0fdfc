import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { request as supportRequest } from '@waymark/targeted-support-domain';
import { ProvideInformation } from './provide-information.handler.js';
import { ProvideInformationRequest } from './request.js';

@ApiTags('targeted-support: requests')
@Controller('api/targeted-support/requests')
export class ProvideInformationController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':requestId/information', 'Answer a return, as the Lead Professional; the gate is asked again (TS-01, TS-02, TS-03)', {
    does: 'request.change',
    of: caseOf(supportRequest, 'requestId'),
  })
  provide(
    @Param('requestId', IdParameter) requestId: string,
    @Body() request: ProvideInformationRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new ProvideInformation(requestId, request, context));
  }
}
