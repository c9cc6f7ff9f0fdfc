import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Uuid } from '@waymark/kernel';
import { caseOf, Changes, Code, CommandRunner, Context, IdParameter, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { endings, episode, plan, type Ending } from '@waymark/planning-domain';
import { EpisodeReader } from '../shared/episode-reader.js';

export class EndActionRequest extends RecordingRequest {
  @Code(endings) because!: Ending;
  @LongText() why!: string;
}

@ApiTags('planning: plan')
@Controller('api/planning/episodes/:episodeId/plan')
export class EndActionController {
  constructor(
    private readonly commands: CommandRunner,
    private readonly episodes: EpisodeReader,
  ) {}

  @Changes('actions/:actionId/ending', 'End an action without completion', { does: 'plan.change', of: caseOf(episode, 'episodeId') })
  async endAction(
    @Param('episodeId', IdParameter) episodeId: string,
    @Param('actionId', IdParameter) actionId: Uuid,
    @Body() request: EndActionRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { authority, about, evidence } = await this.episodes.of(episodeId, context);
    return this.commands.begin(
      plan,
      episodeId,
      { kind: 'EndAction', ...about, actionId, because: request.because, why: request.why, evidence },
      { context, request, authority },
    );
  }
}
