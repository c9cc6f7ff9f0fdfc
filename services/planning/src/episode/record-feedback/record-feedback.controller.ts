import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { RecordFeedback } from './record-feedback.handler.js';
import { RecordFeedbackRequest } from './request.js';

@ApiTags('planning: episodes')
@Controller('api/planning/episodes')
export class RecordFeedbackController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':episodeId/feedback', "Record the family's feedback (EP-07)", { does: 'episode.change', of: caseOf(episode, 'episodeId') })
  recordFeedback(
    @Param('episodeId', IdParameter) episodeId: string,
    @Body() request: RecordFeedbackRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new RecordFeedback(episodeId, request, context));
  }
}
