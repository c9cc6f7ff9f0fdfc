import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Begins, Context, IdParameter, type CommandAnswer, type RequestContext, theCase } from '@waymark/nest';
import { RefuseConsent } from './refuse-consent.handler.js';
import { RefuseConsentRequest } from './request.js';

@ApiTags('assessment: consent')
@Controller('api/assessment/cases/:caseId')
export class RefuseConsentController {
  constructor(private readonly commands: CommandBus) {}

  @Begins('refusals', 'Record a refusal: reasons, reassurance, alternatives, and when to ask again (CON-10)', {
    does: 'consent.record',
    of: theCase('assessment', 'caseId'),
  })
  refuse(
    @Param('caseId', IdParameter) caseId: string,
    @Body() request: RefuseConsentRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new RefuseConsent(caseId, request, context));
  }
}
