import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { SetStayInTouch } from './set-stay-in-touch.handler.js';
import { SetStayInTouchRequest } from './request.js';

@ApiTags('planning: episodes')
@Controller('api/planning/episodes')
export class SetStayInTouchController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':episodeId/stay-in-touch', 'Set a day to stay in touch with the family after the closing (EP-07)', {
    does: 'episode.change',
    of: caseOf(episode, 'episodeId'),
  })
  setStayInTouch(
    @Param('episodeId', IdParameter) episodeId: string,
    @Body() request: SetStayInTouchRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new SetStayInTouch(episodeId, request, context));
  }
}
