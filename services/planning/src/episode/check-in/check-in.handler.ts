import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import type { CheckInRequest } from './request.js';

export class CheckIn extends ServiceCommand<CheckInRequest> {}

@CommandHandler(CheckIn)
export class CheckInHandler implements ICommandHandler<CheckIn> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, request, context }: CheckIn): Promise<CommandAnswer> {
    return this.runner.change(
      episode,
      id,
      ({ caseId }) => ({
        kind: 'RecordCheckIn',
        caseId,
        episodeId: id as Uuid,
        discussion: request.discussion,
      }),
      { context, request },
    );
  }
}
