import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Begins, Context, IdParameter, type CommandAnswer, type RequestContext, theCase } from '@waymark/nest';
import { GiveConsent } from './give-consent.handler.js';
import { GiveConsentRequest } from './request.js';

@ApiTags('assessment: consent')
@Controller('api/assessment/cases/:caseId')
export class GiveConsentController {
  constructor(private readonly commands: CommandBus) {}

  @Begins('consents', 'Give consent: who, for what, for whom, to whom, how, until when (CON-02, CON-03)', {
    does: 'consent.record',
    of: theCase('assessment', 'caseId'),
  })
  give(
    @Param('caseId', IdParameter) caseId: string,
    @Body() request: GiveConsentRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new GiveConsent(caseId, request, context));
  }
}
