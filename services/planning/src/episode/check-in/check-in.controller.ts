import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { CheckIn } from './check-in.handler.js';
import { CheckInRequest } from './request.js';

@ApiTags('planning: episodes')
@Controller('api/planning/episodes')
export class CheckInController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':episodeId/check-ins', 'Record a check-in of a support officer with the Lead Professional (ADV-03)', {
    does: 'episode.check-in',
    of: caseOf(episode, 'episodeId'),
  })
  checkIn(
    @Param('episodeId', IdParameter) episodeId: string,
    @Body() request: CheckInRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new CheckIn(episodeId, request, context));
  }
}
