import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@waymark/kernel';
import { CommandRunner, type CommandAnswer } from '@waymark/nest';
import { taf } from '@waymark/planning-domain';
import { EpisodeReader } from '../../shared/episode-reader.js';
import { PartCommand } from '../../shared/part-command.js';
import { whoseViews, type RecordViewsRequest } from './request.js';

export class RecordViews extends PartCommand<RecordViewsRequest> {}

@CommandHandler(RecordViews)
export class RecordViewsHandler implements ICommandHandler<RecordViews> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly episodes: EpisodeReader,
  ) {}

  async execute({ episodeId, partId, request, context }: RecordViews): Promise<CommandAnswer> {
    const { authority, about, episode } = await this.episodes.of(episodeId, context);
    const evidence = { episode };
    return this.runner.begin(
      taf,
      episodeId,
      {
        kind: 'RecordViews',
        ...about,
        meetingId: partId as Uuid,
        of: whoseViews(request),
        views: request.views,
        evidence,
      },
      { context, request, authority },
    );
  }
}
