import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@waymark/kernel';
import { CommandRunner, type CommandAnswer } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { PartCommand } from '../../shared/part-command.js';
import type { EndServiceRequest } from './request.js';

export class EndService extends PartCommand<EndServiceRequest> {}

@CommandHandler(EndService)
export class EndServiceHandler implements ICommandHandler<EndService> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ episodeId, partId, request, context }: EndService): Promise<CommandAnswer> {
    return this.runner.change(
      episode,
      episodeId,
      ({ caseId }) => ({
        kind: 'RecordServiceEnded',
        caseId,
        episodeId: episodeId as Uuid,
        serviceId: partId as Uuid,
        outcome: request.outcome,
      }),
      { context, request },
    );
  }
}
