import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Uuid } from '@waymark/kernel';
import {
  caseOf,
  Changes,
  CommandRunner,
  Context,
  IdParameter,
  RecordingRequest,
  ServiceCommand,
  Story,
  type CommandAnswer,
  type RequestContext,
} from '@waymark/nest';
import { episode } from '@waymark/planning-domain';

export class WithdrawProposalRequest extends RecordingRequest {
  @Story() why!: string;
}

export class WithdrawProposal extends ServiceCommand<WithdrawProposalRequest> {}

@CommandHandler(WithdrawProposal)
export class WithdrawProposalHandler implements ICommandHandler<WithdrawProposal> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, request, context }: WithdrawProposal): Promise<CommandAnswer> {
    const { why } = request;
    return this.runner.change(
      episode,
      id,
      ({ caseId }) => ({ kind: 'WithdrawLeadProfessionalProposal', caseId, episodeId: id as Uuid, why }),
      { context, request },
    );
  }
}

@ApiTags('planning: episodes')
@Controller('api/planning/episodes')
export class WithdrawProposalController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':episodeId/lead-professional/withdrawal', 'Take back the proposal of a new Lead Professional (LP-05)', {
    does: 'episode.lead',
    of: caseOf(episode, 'episodeId'),
  })
  withdrawProposal(
    @Param('episodeId', IdParameter) episodeId: string,
    @Body() request: WithdrawProposalRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new WithdrawProposal(episodeId, request, context));
  }
}
