import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { consent } from '@waymark/assessment-domain';
import { type CaseId, type PersonId, derivedId } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import type { RaiseCaseConcernRequest } from './request.js';

export class RaiseCaseConcern extends ServiceCommand<RaiseCaseConcernRequest> {}

@CommandHandler(RaiseCaseConcern)
export class RaiseCaseConcernHandler implements ICommandHandler<RaiseCaseConcern> {
  constructor(private readonly runner: CommandRunner) {}

  async execute({ id, request, context }: RaiseCaseConcern): Promise<CommandAnswer> {
    const concernId = derivedId(context.commandId, 'concern');
    const answer = await this.runner.begin(
      consent,
      id,
      { kind: 'RaiseSafetyConcern', caseId: id as CaseId, concernId, personId: request.personId as PersonId, concern: request.concern },
      { context, request },
    );
    return { ...answer, id: concernId };
  }
}
