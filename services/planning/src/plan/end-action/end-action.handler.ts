import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@waymark/kernel';
import { CommandRunner, type CommandAnswer } from '@waymark/nest';
import { plan } from '@waymark/planning-domain';
import { EpisodeReader } from '../../shared/episode-reader.js';
import { PartCommand } from '../../shared/part-command.js';
import type { EndActionRequest } from './request.js';

export class EndAction extends PartCommand<EndActionRequest> {}

@CommandHandler(EndAction)
export class EndActionHandler implements ICommandHandler<EndAction> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly episodes: EpisodeReader,
  ) {}

  async execute({ episodeId, partId, request, context }: EndAction): Promise<CommandAnswer> {
    const { authority, about, episode } = await this.episodes.of(episodeId, context);
    const evidence = { episode };
    return this.runner.begin(
      plan,
      episodeId,
      {
        kind: 'EndAction',
        ...about,
        actionId: partId as Uuid,
        because: request.because,
        why: request.why,
        evidence,
      },
      { context, request, authority },
    );
  }
}
