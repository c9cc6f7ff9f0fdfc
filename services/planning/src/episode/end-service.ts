import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Uuid } from '@waymark/kernel';
import { caseOf, Changes, CommandRunner, Context, IdParameter, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';

export class EndServiceRequest extends RecordingRequest {
  @LongText() outcome!: string;
}

@ApiTags('planning: episodes')
@Controller('api/planning/episodes')
export class EndServiceController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes(':episodeId/services/:serviceId/ending', 'Record that a service has ended its own part (EP-05)', {
    does: 'episode.change',
    of: caseOf(episode, 'episodeId'),
  })
  endService(
    @Param('episodeId', IdParameter) episodeId: Uuid,
    @Param('serviceId', IdParameter) serviceId: Uuid,
    @Body() request: EndServiceRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.change(
      episode,
      episodeId,
      ({ caseId }) => ({ kind: 'RecordServiceEnded', caseId, episodeId, serviceId, outcome: request.outcome }),
      { context, request },
    );
  }
}
