import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { HoldMeeting } from './hold-meeting.handler.js';
import { HoldMeetingRequest } from './request.js';

@ApiTags('planning: meetings')
@Controller('api/planning/episodes/:episodeId/meetings')
export class HoldMeetingController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':meetingId/record', 'Record a meeting that was held (TAF-01 to TAF-03, TAF-05 to TAF-08)', {
    does: 'meeting.change',
    of: caseOf(episode, 'episodeId'),
  })
  holdMeeting(
    @Param('episodeId', IdParameter) episodeId: string,
    @Param('meetingId', IdParameter) meetingId: string,
    @Body() request: HoldMeetingRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new HoldMeeting(episodeId, meetingId, request, context));
  }
}
