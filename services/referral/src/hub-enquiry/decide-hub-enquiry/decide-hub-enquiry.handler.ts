import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { OrganisationId } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import { hubEnquiry } from '@waymark/referral-domain';
import type { DecideHubEnquiryRequest } from './request.js';

export class DecideHubEnquiry extends ServiceCommand<DecideHubEnquiryRequest> {}

@CommandHandler(DecideHubEnquiry)
export class DecideHubEnquiryHandler implements ICommandHandler<DecideHubEnquiry> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, request, context }: DecideHubEnquiry): Promise<CommandAnswer> {
    const { end, rationale } = request;
    const agency = (request.agency ?? null) as OrganisationId | null;
    return this.runner.change(hubEnquiry, id, ({ caseId }) => ({ kind: 'DecideHubEnquiry', caseId, end, agency, rationale }), {
      context,
      request,
    });
  }
}
