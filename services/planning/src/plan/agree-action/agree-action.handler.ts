import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@waymark/kernel';
import { CommandRunner, type CommandAnswer, type RequestContext } from '@waymark/nest';
import { plan, meetingOf, taf } from '@waymark/planning-domain';
import { EpisodeReader } from '../../shared/episode-reader.js';
import { PartCommand } from '../../shared/part-command.js';
import type { AgreeActionRequest } from './request.js';
import { terms } from '../terms.js';

export class AgreeAction extends PartCommand<AgreeActionRequest> {}

@CommandHandler(AgreeAction)
export class AgreeActionHandler implements ICommandHandler<AgreeAction> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly episodes: EpisodeReader,
  ) {}

  async execute({ episodeId, partId, request, context }: AgreeAction): Promise<CommandAnswer> {
    const { authority, about, episode } = await this.episodes.of(episodeId, context);
    const evidence = { episode };
    const meetingId = (request.meetingId ?? null) as Uuid | null;
    const answer = await this.runner.begin(
      plan,
      episodeId,
      {
        kind: 'AgreeAction',
        ...about,
        actionId: partId as Uuid,
        meetingId: meetingId,
        ...terms(request),
        evidence: { ...evidence, meetingHeld: await this.wasHeld(episodeId, meetingId, context) },
      },
      { context, request, authority },
    );
    return { ...answer, id: partId };
  }

  private async wasHeld(episodeId: string, meetingId: Uuid | null, context: RequestContext): Promise<boolean> {
    if (meetingId === null) return false;
    const { state } = await this.runner.peek(taf, episodeId, context);
    return meetingOf(state.subject, meetingId).heldAt !== null;
  }
}
