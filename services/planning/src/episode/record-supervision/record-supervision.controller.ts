import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { RecordSupervision } from './record-supervision.handler.js';
import { RecordSupervisionRequest } from './request.js';

@ApiTags('planning: episodes')
@Controller('api/planning/episodes')
export class RecordSupervisionController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':episodeId/supervision', "Record supervision, as a manager of the Lead Professional's own organisation (SUP-01)", {
    does: 'episode.supervise',
    of: caseOf(episode, 'episodeId'),
  })
  recordSupervision(
    @Param('episodeId', IdParameter) episodeId: string,
    @Body() request: RecordSupervisionRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new RecordSupervision(episodeId, request, context));
  }
}
