import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@waymark/kernel';
import { CommandRunner, type CommandAnswer } from '@waymark/nest';
import { plan } from '@waymark/planning-domain';
import { EpisodeReader } from '../../shared/episode-reader.js';
import { PartCommand } from '../../shared/part-command.js';
import type { ReviseActionRequest } from './request.js';
import { terms } from '../terms.js';

export class ReviseAction extends PartCommand<ReviseActionRequest> {}

@CommandHandler(ReviseAction)
export class ReviseActionHandler implements ICommandHandler<ReviseAction> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly episodes: EpisodeReader,
  ) {}

  async execute({ episodeId, partId, request, context }: ReviseAction): Promise<CommandAnswer> {
    const { authority, about, episode } = await this.episodes.of(episodeId, context);
    const evidence = { episode };
    return this.runner.begin(
      plan,
      episodeId,
      {
        kind: 'ReviseAction',
        ...about,
        actionId: partId as Uuid,
        ...terms(request),
        whyRevised: request.whyRevised,
        evidence,
      },
      { context, request, authority },
    );
  }
}
