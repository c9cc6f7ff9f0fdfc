import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Uuid } from '@waymark/kernel';
import { caseOf, Changes, CommandRunner, Context, IdParameter, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';

export class RecordSupervisionRequest extends RecordingRequest {
  @LongText() discussion!: string;
  @LongText({ optional: true, description: 'The direction that was given.' }) direction?: string;
}

@ApiTags('planning: episodes')
@Controller('api/planning/episodes')
export class RecordSupervisionController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes(':episodeId/supervision', "Record supervision, as a manager of the Lead Professional's own organisation (SUP-01)", {
    does: 'episode.supervise',
    of: caseOf(episode, 'episodeId'),
  })
  recordSupervision(
    @Param('episodeId', IdParameter) episodeId: Uuid,
    @Body() request: RecordSupervisionRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.change(
      episode,
      episodeId,
      ({ caseId }) => ({ kind: 'RecordSupervision', caseId, episodeId, discussion: request.discussion, direction: request.direction }),
      { context, request },
    );
  }
}
