import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { PersonId, Uuid } from '@waymark/kernel';
import { CommandRunner, type CommandAnswer } from '@waymark/nest';
import { taf } from '@waymark/planning-domain';
import { EpisodeReader } from '../../shared/episode-reader.js';
import { PartCommand } from '../../shared/part-command.js';
import { around } from '../../shared/requests.js';
import type { AgreeMeetingRequest } from '../agree-meeting/request.js';

export class AgreeInvitees extends PartCommand<AgreeMeetingRequest> {}

@CommandHandler(AgreeInvitees)
export class AgreeInviteesHandler implements ICommandHandler<AgreeInvitees> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly episodes: EpisodeReader,
  ) {}

  async execute({ episodeId, partId, request, context }: AgreeInvitees): Promise<CommandAnswer> {
    const { authority, about, episode } = await this.episodes.of(episodeId, context);
    const evidence = { episode };
    return this.runner.begin(
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
  }
}
