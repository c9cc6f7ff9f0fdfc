import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { consent } from '@waymark/assessment-domain';
import type { CaseId, PersonId } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import type { RecordOtherParentRequest } from './request.js';

export class RecordOtherParent extends ServiceCommand<RecordOtherParentRequest> {}

@CommandHandler(RecordOtherParent)
export class RecordOtherParentHandler implements ICommandHandler<RecordOtherParent> {
  constructor(private readonly runner: CommandRunner) {}

  async execute({ id, request, context }: RecordOtherParent): Promise<CommandAnswer> {
    const answer = await this.runner.begin(
      consent,
      id,
      { kind: 'RecordOtherParent', caseId: id as CaseId, personId: request.personId as PersonId },
      { context, request },
    );
    return { ...answer, id: request.personId };
  }
}
