import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { consent } from '@waymark/assessment-domain';
import type { OrganisationId, PersonId, Uuid } from '@waymark/kernel';
import { Changes, CommandRunner, Context, HandleList, Id, IdParameter, RecordingRequest, LongText, theCase } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';

export class WithdrawConsentRequest extends RecordingRequest {
  @Id({ description: 'Whoever gave it.' }) by!: string;
  @HandleList({ optional: true, min: 1, description: 'For these agencies; left out, for all.' }) agencies?: string[];
  @LongText({ optional: true }) reason?: string;
}

@ApiTags('assessment: consent')
@Controller('api/assessment/cases/:caseId')
export class WithdrawConsentController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes('consents/:consentId/withdrawal', 'Withdraw consent, in whole or for some agencies; in force at once (CON-13)', {
    does: 'consent.record',
    of: theCase('assessment', 'caseId'),
  })
  withdraw(
    @Param('caseId', IdParameter) caseId: string,
    @Param('consentId', IdParameter) consentId: Uuid,
    @Body() request: WithdrawConsentRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.change(
      consent,
      caseId,
      ({ caseId }) => ({
        kind: 'WithdrawConsent',
        caseId,
        consentId,
        by: request.by as PersonId,
        agencies: (request.agencies ?? null) as OrganisationId[] | null,
        reason: request.reason ?? null,
      }),
      { context, request },
    );
  }
}
