import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { consent } from '@waymark/assessment-domain';
import { type CaseId, type OrganisationId, type PersonId, derivedId, instant } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import { giverOf } from '../parts/giver.js';
import { noticeOf } from '../parts/notice.js';
import type { GiveConsentRequest } from './request.js';

export class GiveConsent extends ServiceCommand<GiveConsentRequest> {}

@CommandHandler(GiveConsent)
export class GiveConsentHandler implements ICommandHandler<GiveConsent> {
  constructor(private readonly runner: CommandRunner) {}

  async execute({ id, request, context }: GiveConsent): Promise<CommandAnswer> {
    const consentId = derivedId(context.commandId, 'consent');
    const answer = await this.runner.begin(
      consent,
      id,
      {
        kind: 'GiveConsent',
        caseId: id as CaseId,
        consentId,
        giver: giverOf(request.giver),
        purpose: request.purpose,
        covers: request.covers as PersonId[],
        agencies: request.agencies as OrganisationId[],
        notice: noticeOf(request.notice),
        method: request.method,
        until: request.until === undefined ? null : instant(request.until),
      },
      { context, request },
    );
    return { ...answer, id: consentId };
  }
}
