import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { consent } from '@waymark/assessment-domain';
import { type OrganisationId, type PersonId, type Uuid, instant } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer, type RequestContext } from '@waymark/nest';
import { noticeOf } from '../parts/notice.js';
import type { RenewConsentRequest } from './request.js';

export class RenewConsent extends ServiceCommand<RenewConsentRequest> {
  constructor(
    caseId: string,
    readonly consentId: string,
    request: RenewConsentRequest,
    context: RequestContext,
  ) {
    super(caseId, request, context);
  }
}

@CommandHandler(RenewConsent)
export class RenewConsentHandler implements ICommandHandler<RenewConsent> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, consentId, request, context }: RenewConsent): Promise<CommandAnswer> {
    return this.runner.change(
      consent,
      id,
      ({ caseId }) => ({
        kind: 'RenewConsent',
        caseId,
        consentId: consentId as Uuid,
        by: request.by as PersonId,
        agencies: request.agencies as OrganisationId[],
        notice: noticeOf(request.notice),
        method: request.method,
        until: request.until === undefined ? null : instant(request.until),
      }),
      { context, request },
    );
  }
}
