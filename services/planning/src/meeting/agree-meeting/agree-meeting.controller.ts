import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { derivedId } from '@waymark/kernel';
import { Begins, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { AgreeMeeting } from './agree-meeting.handler.js';
import { AgreeMeetingRequest } from './request.js';

@ApiTags('planning: meetings')
@Controller('api/planning/episodes/:episodeId/meetings')
export class AgreeMeetingController {
  constructor(private readonly commands: CommandBus) {}

  @Begins('', 'Begin a meeting by agreeing with the family whom to invite (TAF-04)', {
    does: 'meeting.change',
    of: caseOf(episode, 'episodeId'),
  })
  agreeMeeting(
    @Param('episodeId', IdParameter) episodeId: string,
    @Body() request: AgreeMeetingRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new AgreeMeeting(episodeId, derivedId(context.commandId, 'meeting'), request, context));
  }
}
