import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { PersonId, Uuid } from '@waymark/kernel';
import { CommandRunner, type CommandAnswer } from '@waymark/nest';
import { taf } from '@waymark/planning-domain';
import { EpisodeReader } from '../../shared/episode-reader.js';
import { PartCommand } from '../../shared/part-command.js';
import { around } from '../../shared/requests.js';
import type { AgreeMeetingRequest } from './request.js';

export class AgreeMeeting extends PartCommand<AgreeMeetingRequest> {}

@CommandHandler(AgreeMeeting)
export class AgreeMeetingHandler implements ICommandHandler<AgreeMeeting> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly episodes: EpisodeReader,
  ) {}

  async execute({ episodeId, partId, request, context }: AgreeMeeting): Promise<CommandAnswer> {
    const { authority, about, episode } = await this.episodes.of(episodeId, context);
    const evidence = { episode };
    const answer = await this.runner.begin(
      taf,
      episodeId,
      {
        kind: 'AgreeInvitees',
        ...about,
        meetingId: partId as Uuid,
        ...around(request),
        agreedBy: request.agreedBy as PersonId | undefined,
        evidence,
      },
      { context, request, authority },
    );
    return { ...answer, id: partId };
  }
}
