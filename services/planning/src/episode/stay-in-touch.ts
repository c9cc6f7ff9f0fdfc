import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Uuid } from '@waymark/kernel';
import { caseOf, Changes, CommandRunner, Context, IdParameter, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';

export class StayInTouchRequest extends RecordingRequest {
  @LongText() account!: string;
}

@ApiTags('planning: episodes')
@Controller('api/planning/episodes')
export class StayInTouchController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes(':episodeId/stay-in-touch/contact', 'Record that the family was contacted to stay in touch (EP-07)', {
    does: 'episode.change',
    of: caseOf(episode, 'episodeId'),
  })
  stayInTouch(
    @Param('episodeId', IdParameter) episodeId: Uuid,
    @Body() request: StayInTouchRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.change(
      episode,
      episodeId,
      ({ caseId }) => ({ kind: 'RecordStayInTouch', caseId, episodeId, account: request.account }),
      { context, request },
    );
  }
}
