import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Uuid } from '@waymark/kernel';
import { caseOf, Changes, CommandRunner, Context, Handle, IdParameter, Part, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { around, AroundRequest } from '../shared/requests.js';
import { involvedAround } from './involved-around.js';

export class CloseEpisodeRequest extends RecordingRequest {
  @Handle({ optional: true, description: "A reason of the authority's list.", example: 'met-by-universal-services' }) reason?: string;
  @LongText({ optional: true }) presentCircumstances?: string;
  @LongText({ optional: true }) supportGiven?: string;
  @Part(() => AroundRequest, { optional: true, description: 'All who were involved are told.' }) told?: AroundRequest;
}

@ApiTags('planning: episodes')
@Controller('api/planning/episodes')
export class CloseEpisodeController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes(':episodeId/closing', 'Close the episode: the reason, how things are, what was given, and who was told (EP-04)', {
    does: 'episode.change',
    of: caseOf(episode, 'episodeId'),
  })
  closeEpisode(
    @Param('episodeId', IdParameter) episodeId: Uuid,
    @Body() request: CloseEpisodeRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.change(
      episode,
      episodeId,
      async ({ caseId }) => ({
        kind: 'CloseEpisode',
        caseId,
        episodeId,
        reason: request.reason,
        presentCircumstances: request.presentCircumstances,
        supportGiven: request.supportGiven,
        told: request.told && around(request.told),
        evidence: { involved: await involvedAround(this.commands, episodeId, context) },
      }),
      { context, request },
    );
  }
}
