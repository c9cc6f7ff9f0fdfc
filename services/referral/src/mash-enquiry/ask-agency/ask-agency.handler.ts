import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { instant, type OrganisationId } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import { mashEnquiry } from '@waymark/referral-domain';
import type { AskAgencyRequest } from './request.js';

export class AskAgency extends ServiceCommand<AskAgencyRequest> {}

@CommandHandler(AskAgency)
export class AskAgencyHandler implements ICommandHandler<AskAgency> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, request, context }: AskAgency): Promise<CommandAnswer> {
    const { agency, question } = request;
    const organisation = (request.organisation ?? null) as OrganisationId | null;
    const replyBy = request.replyBy === undefined ? null : instant(request.replyBy);
    return this.runner.change(mashEnquiry, id, ({ caseId }) => ({ kind: 'AskAgency', caseId, agency, organisation, question, replyBy }), {
      context,
      request,
    });
  }
}
