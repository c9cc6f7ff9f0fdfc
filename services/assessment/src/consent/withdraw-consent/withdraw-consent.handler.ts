import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { consent } from '@waymark/assessment-domain';
import type { OrganisationId, PersonId, Uuid } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer, type RequestContext } from '@waymark/nest';
import type { WithdrawConsentRequest } from './request.js';

export class WithdrawConsent extends ServiceCommand<WithdrawConsentRequest> {
  constructor(
    caseId: string,
    readonly consentId: string,
    request: WithdrawConsentRequest,
    context: RequestContext,
  ) {
    super(caseId, request, context);
  }
}

@CommandHandler(WithdrawConsent)
export class WithdrawConsentHandler implements ICommandHandler<WithdrawConsent> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, consentId, request, context }: WithdrawConsent): Promise<CommandAnswer> {
    return this.runner.change(
      consent,
      id,
      ({ caseId }) => ({
        kind: 'WithdrawConsent',
        caseId,
        consentId: consentId as Uuid,
        by: request.by as PersonId,
        agencies: (request.agencies ?? null) as OrganisationId[] | null,
        reason: request.reason ?? null,
      }),
      { context, request },
    );
  }
}
