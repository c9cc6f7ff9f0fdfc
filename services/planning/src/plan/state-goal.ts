import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { derivedId, type PersonId } from '@waymark/kernel';
import { Begins, caseOf, CommandRunner, Context, Id, IdParameter, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { episode, plan } from '@waymark/planning-domain';
import { EpisodeReader } from '../shared/episode-reader.js';

export class StateGoalRequest extends RecordingRequest {
  @Id() personId!: string;
  @LongText() words!: string;
}

@ApiTags('planning: plan')
@Controller('api/planning/episodes/:episodeId/plan')
export class StateGoalController {
  constructor(
    private readonly commands: CommandRunner,
    private readonly episodes: EpisodeReader,
  ) {}

  @Begins('goals', 'State a goal of the family, in its own words (PLAN-04)', { does: 'plan.change', of: caseOf(episode, 'episodeId') })
  async stateGoal(
    @Param('episodeId', IdParameter) episodeId: string,
    @Body() request: StateGoalRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const goalId = derivedId(context.commandId, 'goal');
    const { authority, about, evidence } = await this.episodes.of(episodeId, context);
    const answer = await this.commands.begin(
      plan,
      episodeId,
      { kind: 'StateFamilyGoal', ...about, goalId, personId: request.personId as unknown as PersonId, words: request.words, evidence },
      { context, request, authority },
    );
    return { ...answer, id: goalId };
  }
}
