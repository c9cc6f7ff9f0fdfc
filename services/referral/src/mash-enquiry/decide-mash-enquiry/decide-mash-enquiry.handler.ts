import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';

import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import { mashEnquiry } from '@waymark/referral-domain';
import type { DecideMashEnquiryRequest } from './request.js';

export class DecideMashEnquiry extends ServiceCommand<DecideMashEnquiryRequest> {}

@CommandHandler(DecideMashEnquiry)
export class DecideMashEnquiryHandler implements ICommandHandler<DecideMashEnquiry> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, request, context }: DecideMashEnquiry): Promise<CommandAnswer> {
    const { outcome, rationale } = request;
    return this.runner.change(mashEnquiry, id, ({ caseId }) => ({ kind: 'DecideMashEnquiry', caseId, outcome, rationale }), {
      context,
      request,
    });
  }
}
