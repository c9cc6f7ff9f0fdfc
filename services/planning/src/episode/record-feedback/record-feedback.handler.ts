import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { PersonId, Uuid } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import type { RecordFeedbackRequest } from './request.js';

export class RecordFeedback extends ServiceCommand<RecordFeedbackRequest> {}

@CommandHandler(RecordFeedback)
export class RecordFeedbackHandler implements ICommandHandler<RecordFeedback> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, request, context }: RecordFeedback): Promise<CommandAnswer> {
    return this.runner.change(
      episode,
      id,
      ({ caseId }) => ({
        kind: 'RecordFeedback',
        caseId,
        episodeId: id as Uuid,
        personId: request.personId as unknown as PersonId,
        feedback: request.feedback,
      }),
      { context, request },
    );
  }
}
