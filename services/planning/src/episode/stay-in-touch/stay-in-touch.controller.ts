import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { StayInTouch } from './stay-in-touch.handler.js';
import { StayInTouchRequest } from './request.js';

@ApiTags('planning: episodes')
@Controller('api/planning/episodes')
export class StayInTouchController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':episodeId/stay-in-touch/contact', 'Record that the family was contacted to stay in touch (EP-07)', {
    does: 'episode.change',
    of: caseOf(episode, 'episodeId'),
  })
  stayInTouch(
    @Param('episodeId', IdParameter) episodeId: string,
    @Body() request: StayInTouchRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new StayInTouch(episodeId, request, context));
  }
}
