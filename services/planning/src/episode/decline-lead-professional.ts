import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Uuid } from '@waymark/kernel';
import { caseOf, Changes, CommandRunner, Context, IdParameter, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';

export class DeclineLeadProfessionalRequest extends RecordingRequest {
  @LongText() why!: string;
}

@ApiTags('planning: episodes')
@Controller('api/planning/episodes')
export class DeclineLeadProfessionalController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes(':episodeId/lead-professional/refusal', 'Decline to lead, as the one proposed (LP-03)', {
    does: 'episode.lead',
    of: caseOf(episode, 'episodeId'),
  })
  declineLeadProfessional(
    @Param('episodeId', IdParameter) episodeId: Uuid,
    @Body() request: DeclineLeadProfessionalRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.change(
      episode,
      episodeId,
      ({ caseId }) => ({ kind: 'DeclineLeadProfessional', caseId, episodeId, why: request.why }),
      { context, request },
    );
  }
}
