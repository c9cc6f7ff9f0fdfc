import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { ShareRecord } from './share-record.handler.js';
import { ShareRecordRequest } from './request.js';

@ApiTags('planning: meetings')
@Controller('api/planning/episodes/:episodeId/meetings')
export class ShareRecordController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':meetingId/sharing', "Share a meeting's record and plan with all who may receive it (TAF-06)", {
    does: 'meeting.change',
    of: caseOf(episode, 'episodeId'),
  })
  shareRecord(
    @Param('episodeId', IdParameter) episodeId: string,
    @Param('meetingId', IdParameter) meetingId: string,
    @Body() request: ShareRecordRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new ShareRecord(episodeId, meetingId, request, context));
  }
}
