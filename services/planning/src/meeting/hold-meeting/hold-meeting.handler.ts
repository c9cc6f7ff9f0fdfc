import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@waymark/kernel';
import { CommandRunner, type CommandAnswer } from '@waymark/nest';
import { taf } from '@waymark/planning-domain';
import { EpisodeReader } from '../../shared/episode-reader.js';
import { PartCommand } from '../../shared/part-command.js';
import { record, type HoldMeetingRequest } from './request.js';

export class HoldMeeting extends PartCommand<HoldMeetingRequest> {}

@CommandHandler(HoldMeeting)
export class HoldMeetingHandler implements ICommandHandler<HoldMeeting> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly episodes: EpisodeReader,
  ) {}

  async execute({ episodeId, partId, request, context }: HoldMeeting): Promise<CommandAnswer> {
    const { authority, about, episode } = await this.episodes.of(episodeId, context);
    const evidence = { episode };
    return this.runner.begin(
      taf,
      episodeId,
      {
        kind: 'HoldTaf',
        ...about,
        meetingId: partId as Uuid,
        ...record(request),
        evidence,
      },
      { context, request, authority },
    );
  }
}
