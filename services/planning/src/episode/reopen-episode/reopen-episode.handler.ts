import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import type { ReopenEpisodeRequest } from './request.js';

export class ReopenEpisode extends ServiceCommand<ReopenEpisodeRequest> {}

@CommandHandler(ReopenEpisode)
export class ReopenEpisodeHandler implements ICommandHandler<ReopenEpisode> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, request, context }: ReopenEpisode): Promise<CommandAnswer> {
    return this.runner.change(
      episode,
      id,
      ({ caseId }) => ({
        kind: 'ReopenEpisode',
        caseId,
        episodeId: id as Uuid,
        reason: request.reason,
      }),
      { context, request },
    );
  }
}
