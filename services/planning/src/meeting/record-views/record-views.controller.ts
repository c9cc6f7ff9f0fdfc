import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { RecordViews } from './record-views.handler.js';
import { RecordViewsRequest } from './request.js';

@ApiTags('planning: meetings')
@Controller('api/planning/episodes/:episodeId/meetings')
export class RecordViewsController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':meetingId/views', 'Record the views of somebody who cannot attend (TAF-05)', {
    does: 'meeting.change',
    of: caseOf(episode, 'episodeId'),
  })
  recordViews(
    @Param('episodeId', IdParameter) episodeId: string,
    @Param('meetingId', IdParameter) meetingId: string,
    @Body() request: RecordViewsRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new RecordViews(episodeId, meetingId, request, context));
  }
}
