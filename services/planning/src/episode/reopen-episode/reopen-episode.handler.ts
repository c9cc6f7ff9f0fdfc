import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import type { ReopenEpisodeRequest } from './request.js';
import { OpenEpisodes } from '../../episodes/open-episodes.js';

export class ReopenEpisode extends ServiceCommand<ReopenEpisodeRequest> {}

@CommandHandler(ReopenEpisode)
export class ReopenEpisodeHandler implements ICommandHandler<ReopenEpisode> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly open: OpenEpisodes,
  ) {}

  execute({ id, request, context }: ReopenEpisode): Promise<CommandAnswer> {
    return this.runner.change(
      episode,
      id,
      async ({ caseId }) => ({
        kind: 'ReopenEpisode',
        caseId,
        episodeId: id as Uuid,
        reason: request.reason,
        evidence: { open: await this.open.besides(id, caseId, context) },
      }),
      { context, request },
    );
  }
}
