import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Uuid } from '@waymark/kernel';
import { caseOf, Changes, CommandRunner, Context, IdParameter, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';

export class CheckInRequest extends RecordingRequest {
  @LongText() discussion!: string;
}

@ApiTags('planning: episodes')
@Controller('api/planning/episodes')
export class CheckInController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes(':episodeId/check-ins', 'Record a check-in of a support officer with the Lead Professional (ADV-03)', {
    does: 'episode.check-in',
    of: caseOf(episode, 'episodeId'),
  })
  checkIn(
    @Param('episodeId', IdParameter) episodeId: Uuid,
    @Body() request: CheckInRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.change(
      episode,
      episodeId,
      ({ caseId }) => ({ kind: 'RecordCheckIn', caseId, episodeId, discussion: request.discussion }),
      { context, request },
    );
  }
}
