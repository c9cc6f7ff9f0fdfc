import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { derivedId, type Uuid } from '@waymark/kernel';
import { Begins, caseOf, CommandRunner, Context, Id, IdParameter, type CommandAnswer, type RequestContext } from '@waymark/nest';
import { episode, meetingOf, plan, taf } from '@waymark/planning-domain';
import { EpisodeReader } from '../shared/episode-reader.js';
import { terms, TermsRequest } from './terms.js';

export class AgreeActionRequest extends TermsRequest {
  @Id({ optional: true, description: 'The meeting at which it was agreed; left out, between meetings.' }) meetingId?: string;
}

@ApiTags('planning: plan')
@Controller('api/planning/episodes/:episodeId/plan')
export class AgreeActionController {
  constructor(
    private readonly commands: CommandRunner,
    private readonly episodes: EpisodeReader,
  ) {}

  @Begins('actions', 'Agree a SMART action (PLAN-01)', { does: 'plan.change', of: caseOf(episode, 'episodeId') })
  async agreeAction(
    @Param('episodeId', IdParameter) episodeId: string,
    @Body() request: AgreeActionRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const actionId = derivedId(context.commandId, 'action');
    const { authority, about, evidence } = await this.episodes.of(episodeId, context);
    const meetingId = (request.meetingId ?? null) as Uuid | null;
    const answer = await this.commands.begin(
      plan,
      episodeId,
      {
        kind: 'AgreeAction',
        ...about,
        actionId,
        meetingId,
        ...terms(request),
        evidence: { ...evidence, meetingHeld: await this.wasHeld(episodeId, meetingId, context) },
      },
      { context, request, authority },
    );
    return { ...answer, id: actionId };
  }

  private async wasHeld(episodeId: string, meetingId: Uuid | null, context: RequestContext): Promise<boolean> {
    if (meetingId === null) return false;
    const { state } = await this.commands.findOptional(taf, episodeId, context);
    return meetingOf(state.subject, meetingId).heldAt !== null;
  }
}
