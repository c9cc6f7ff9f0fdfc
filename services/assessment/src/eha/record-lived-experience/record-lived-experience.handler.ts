import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { eha } from '@waymark/assessment-domain';
import type { PersonId } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import type { RecordLivedExperienceRequest } from './request.js';

export class RecordLivedExperience extends ServiceCommand<RecordLivedExperienceRequest> {}

@CommandHandler(RecordLivedExperience)
export class RecordLivedExperienceHandler implements ICommandHandler<RecordLivedExperience> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, request, context }: RecordLivedExperience): Promise<CommandAnswer> {
    const { childId, how, experience } = request;
    return this.runner.change(
      eha,
      id,
      ({ caseId }) => ({ kind: 'RecordLivedExperience', caseId, childId: childId as PersonId, how, experience }),
      { context, request },
    );
  }
}
