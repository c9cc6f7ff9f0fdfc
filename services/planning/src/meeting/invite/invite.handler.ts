import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { instant, type Uuid } from '@waymark/kernel';
import { CommandRunner, type CommandAnswer } from '@waymark/nest';
import { taf } from '@waymark/planning-domain';
import { EpisodeReader } from '../../shared/episode-reader.js';
import { PartCommand } from '../../shared/part-command.js';
import { around } from '../../shared/requests.js';
import type { InviteRequest } from './request.js';

export class Invite extends PartCommand<InviteRequest> {}

@CommandHandler(Invite)
export class InviteHandler implements ICommandHandler<Invite> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly episodes: EpisodeReader,
  ) {}

  async execute({ episodeId, partId, request, context }: Invite): Promise<CommandAnswer> {
    const { authority, about, episode } = await this.episodes.of(episodeId, context);
    const evidence = { episode };
    return this.runner.begin(
      taf,
      episodeId,
      {
        kind: 'InviteToTaf',
        ...about,
        meetingId: partId as Uuid,
        ...around(request),
        plannedFor: instant(request.plannedFor),
        evidence,
      },
      { context, request, authority },
    );
  }
}
