import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, theCase } from '@waymark/nest';
import { RenewConsent } from './renew-consent.handler.js';
import { RenewConsentRequest } from './request.js';

@ApiTags('assessment: consent')
@Controller('api/assessment/cases/:caseId')
export class RenewConsentController {
  constructor(private readonly commands: CommandBus) {}

  @Changes('consents/:consentId/renewal', 'Renew consent, through the privacy notice again (CON-02)', {
    does: 'consent.record',
    of: theCase('assessment', 'caseId'),
  })
  renew(
    @Param('caseId', IdParameter) caseId: string,
    @Param('consentId', IdParameter) consentId: string,
    @Body() request: RenewConsentRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new RenewConsent(caseId, consentId, request, context));
  }
}
