import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Uuid } from '@waymark/kernel';
import { caseOf, Changes, CommandRunner, Context, IdParameter, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { OpenEpisodes } from '../episodes/open-episodes.js';

export class ReopenEpisodeRequest extends RecordingRequest {
  @LongText({ optional: true }) reason?: string;
}

@ApiTags('planning: episodes')
@Controller('api/planning/episodes')
export class ReopenEpisodeController {
  constructor(
    private readonly commands: CommandRunner,
    private readonly open: OpenEpisodes,
  ) {}

  @Changes(':episodeId/reopening', 'Reopen a closed episode, with a reason (EP-06)', {
    does: 'episode.change',
    of: caseOf(episode, 'episodeId'),
  })
  reopenEpisode(
    @Param('episodeId', IdParameter) episodeId: Uuid,
    @Body() request: ReopenEpisodeRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.change(
      episode,
      episodeId,
      async ({ caseId }) => ({
        kind: 'ReopenEpisode',
        caseId,
        episodeId,
        reason: request.reason,
        evidence: { open: await this.open.besides(episodeId, caseId, context) },
      }),
      { context, request },
    );
  }
}
