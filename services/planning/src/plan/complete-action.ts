import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Uuid } from '@waymark/kernel';
import { caseOf, Changes, CommandRunner, Context, IdParameter, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { episode, plan } from '@waymark/planning-domain';
import { EpisodeReader } from '../shared/episode-reader.js';

export class CompleteActionRequest extends RecordingRequest {
  @LongText() outcome!: string;
}

@ApiTags('planning: plan')
@Controller('api/planning/episodes/:episodeId/plan')
export class CompleteActionController {
  constructor(
    private readonly commands: CommandRunner,
    private readonly episodes: EpisodeReader,
  ) {}

  @Changes('actions/:actionId/completion', 'Record that an action was completed (PLAN-02)', {
    does: 'plan.change',
    of: caseOf(episode, 'episodeId'),
  })
  async completeAction(
    @Param('episodeId', IdParameter) episodeId: string,
    @Param('actionId', IdParameter) actionId: Uuid,
    @Body() request: CompleteActionRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { authority, about, evidence } = await this.episodes.of(episodeId, context);
    return this.commands.begin(
      plan,
      episodeId,
      { kind: 'CompleteAction', ...about, actionId, outcome: request.outcome, evidence },
      { context, request, authority },
    );
  }
}
