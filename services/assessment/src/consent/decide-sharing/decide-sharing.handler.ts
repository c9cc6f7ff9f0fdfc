import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { consent } from '@waymark/assessment-domain';
import { type CaseId, type OrganisationId, type PersonId, derivedId } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import type { DecideSharingRequest } from './request.js';

export class DecideSharing extends ServiceCommand<DecideSharingRequest> {}

@CommandHandler(DecideSharing)
export class DecideSharingHandler implements ICommandHandler<DecideSharing> {
  constructor(private readonly runner: CommandRunner) {}

  async execute({ id, request, context }: DecideSharing): Promise<CommandAnswer> {
    const decisionId = derivedId(context.commandId, 'sharing-decision');
    const answer = await this.runner.begin(
      consent,
      id,
      {
        caseId: id as CaseId,
        decisionId,
        kind: request.share ? 'DecideSharing' : 'DecideNotToShare',
        what: request.what ?? '',
        why: request.why ?? '',
        about: (request.about ?? []) as PersonId[],
        agencies: (request.agencies ?? []) as OrganisationId[],
        basis: request.basis ?? '',
        viewsSought: request.viewsSought ?? '',
      },
      { context, request },
    );
    return { ...answer, id: decisionId };
  }
}
