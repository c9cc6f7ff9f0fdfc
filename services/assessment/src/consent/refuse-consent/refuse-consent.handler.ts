import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { consent } from '@waymark/assessment-domain';
import { type CaseId, type Day, derivedId } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import { giverOf } from '../parts/giver.js';
import type { RefuseConsentRequest } from './request.js';

export class RefuseConsent extends ServiceCommand<RefuseConsentRequest> {}

@CommandHandler(RefuseConsent)
export class RefuseConsentHandler implements ICommandHandler<RefuseConsent> {
  constructor(private readonly runner: CommandRunner) {}

  async execute({ id, request, context }: RefuseConsent): Promise<CommandAnswer> {
    const refusalId = derivedId(context.commandId, 'refusal');
    const answer = await this.runner.begin(
      consent,
      id,
      {
        kind: 'RefuseConsent',
        caseId: id as CaseId,
        refusalId,
        giver: giverOf(request.giver),
        purpose: request.purpose,
        reasons: request.reasons ?? null,
        reassurance: request.reassurance ?? null,
        alternatives: request.alternatives ?? null,
        askAgainOn: (request.askAgainOn ?? null) as Day | null,
      },
      { context, request },
    );
    return { ...answer, id: refusalId };
  }
}
