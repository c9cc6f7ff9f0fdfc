import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@waymark/kernel';
import { CommandRunner, type CommandAnswer, type RequestContext } from '@waymark/nest';
import { taf, plan } from '@waymark/planning-domain';
import { EpisodeReader } from '../../shared/episode-reader.js';
import { PartCommand } from '../../shared/part-command.js';
import { around } from '../../shared/requests.js';
import { withheld, type ShareRecordRequest } from './request.js';

export class ShareRecord extends PartCommand<ShareRecordRequest> {}

@CommandHandler(ShareRecord)
export class ShareRecordHandler implements ICommandHandler<ShareRecord> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly episodes: EpisodeReader,
  ) {}

  async execute({ episodeId, partId, request, context }: ShareRecord): Promise<CommandAnswer> {
    const { authority, about, episode } = await this.episodes.of(episodeId, context);
    return this.runner.begin(
      taf,
      episodeId,
      {
        kind: 'ShareRecord',
        ...about,
        meetingId: partId as Uuid,
        ...around(request),
        withheld: withheld(request),
        evidence: { episode, planActions: await this.planActions(episodeId, context) },
      },
      { context, request, authority },
    );
  }

  private async planActions(episodeId: string, context: RequestContext): Promise<number> {
    const { state } = await this.runner.peek(plan, episodeId, context);
    return state.subject.actions.length;
  }
}
