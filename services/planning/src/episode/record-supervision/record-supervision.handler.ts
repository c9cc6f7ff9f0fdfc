import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import type { RecordSupervisionRequest } from './request.js';

export class RecordSupervision extends ServiceCommand<RecordSupervisionRequest> {}

@CommandHandler(RecordSupervision)
export class RecordSupervisionHandler implements ICommandHandler<RecordSupervision> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, request, context }: RecordSupervision): Promise<CommandAnswer> {
    return this.runner.change(
      episode,
      id,
      ({ caseId }) => ({
        kind: 'RecordSupervision',
        caseId,
        episodeId: id as Uuid,
        discussion: request.discussion,
        direction: request.direction,
      }),
      { context, request },
    );
  }
}
