import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, theCase } from '@waymark/nest';
import { WithdrawConsent } from './withdraw-consent.handler.js';
import { WithdrawConsentRequest } from './request.js';

@ApiTags('assessment: consent')
@Controller('api/assessment/cases/:caseId')
export class WithdrawConsentController {
  constructor(private readonly commands: CommandBus) {}

  @Changes('consents/:consentId/withdrawal', 'Withdraw consent, in whole or for some agencies; in force at once (CON-13)', {
    does: 'consent.record',
    of: theCase('assessment', 'caseId'),
  })
  withdraw(
    @Param('caseId', IdParameter) caseId: string,
    @Param('consentId', IdParameter) consentId: string,
    @Body() request: WithdrawConsentRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new WithdrawConsent(caseId, consentId, request, context));
  }
}
