import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { ReopenEpisode } from './reopen-episode.handler.js';
import { ReopenEpisodeRequest } from './request.js';

@ApiTags('planning: episodes')
@Controller('api/planning/episodes')
export class ReopenEpisodeController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':episodeId/reopening', 'Reopen a closed episode, with a reason (EP-06)', {
    does: 'episode.change',
    of: caseOf(episode, 'episodeId'),
  })
  reopenEpisode(
    @Param('episodeId', IdParameter) episodeId: string,
    @Body() request: ReopenEpisodeRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new ReopenEpisode(episodeId, request, context));
  }
}
