import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { CloseEpisode } from './close-episode.handler.js';
import { CloseEpisodeRequest } from './request.js';

@ApiTags('planning: episodes')
@Controller('api/planning/episodes')
export class CloseEpisodeController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':episodeId/closing', 'Close the episode: the reason, how things are, what was given, and who was told (EP-04)', {
    does: 'episode.change',
    of: caseOf(episode, 'episodeId'),
  })
  closeEpisode(
    @Param('episodeId', IdParameter) episodeId: string,
    @Body() request: CloseEpisodeRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new CloseEpisode(episodeId, request, context));
  }
}
