import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { day, type Uuid } from '@waymark/kernel';
import { CalendarDay, caseOf, Changes, CommandRunner, Context, IdParameter, RecordingRequest } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';

export class SetStayInTouchRequest extends RecordingRequest {
  @CalendarDay() on!: string;
}

@ApiTags('planning: episodes')
@Controller('api/planning/episodes')
export class SetStayInTouchController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes(':episodeId/stay-in-touch', 'Set a day to stay in touch with the family after the closing (EP-07)', {
    does: 'episode.change',
    of: caseOf(episode, 'episodeId'),
  })
  setStayInTouch(
    @Param('episodeId', IdParameter) episodeId: Uuid,
    @Body() request: SetStayInTouchRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.change(episode, episodeId, ({ caseId }) => ({ kind: 'SetStayInTouch', caseId, episodeId, on: day(request.on) }), {
      context,
      request,
    });
  }
}
