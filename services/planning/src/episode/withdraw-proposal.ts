import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Uuid } from '@waymark/kernel';
import { caseOf, Changes, CommandRunner, Context, IdParameter, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';

export class WithdrawProposalRequest extends RecordingRequest {
  @LongText() why!: string;
}

@ApiTags('planning: episodes')
@Controller('api/planning/episodes')
export class WithdrawProposalController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes(':episodeId/lead-professional/withdrawal', 'Take back the proposal of a new Lead Professional (LP-05)', {
    does: 'episode.lead',
    of: caseOf(episode, 'episodeId'),
  })
  withdrawProposal(
    @Param('episodeId', IdParameter) episodeId: Uuid,
    @Body() request: WithdrawProposalRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { why } = request;
    return this.commands.change(
      episode,
      episodeId,
      ({ caseId }) => ({ kind: 'WithdrawLeadProfessionalProposal', caseId, episodeId, why }),
      { context, request },
    );
  }
}
