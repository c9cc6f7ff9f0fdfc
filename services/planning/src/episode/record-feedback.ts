import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { PersonId, Uuid } from '@waymark/kernel';
import { caseOf, Changes, CommandRunner, Context, Id, IdParameter, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';

export class RecordFeedbackRequest extends RecordingRequest {
  @Id() personId!: string;
  @LongText() feedback!: string;
}

@ApiTags('planning: episodes')
@Controller('api/planning/episodes')
export class RecordFeedbackController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes(':episodeId/feedback', "Record the family's feedback (EP-07)", { does: 'episode.change', of: caseOf(episode, 'episodeId') })
  recordFeedback(
    @Param('episodeId', IdParameter) episodeId: Uuid,
    @Body() request: RecordFeedbackRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.change(
      episode,
      episodeId,
      ({ caseId }) => ({
        kind: 'RecordFeedback',
        caseId,
        episodeId,
        personId: request.personId as unknown as PersonId,
        feedback: request.feedback,
      }),
      { context, request },
    );
  }
}
