import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { derivedId } from '@waymark/kernel';
import { Begins, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { StateGoal } from './state-goal.handler.js';
import { StateGoalRequest } from './request.js';

@ApiTags('planning: plan')
@Controller('api/planning/episodes/:episodeId/plan')
export class StateGoalController {
  constructor(private readonly commands: CommandBus) {}

  @Begins('goals', 'State a goal of the family, in its own words (PLAN-04)', { does: 'plan.change', of: caseOf(episode, 'episodeId') })
  stateGoal(
    @Param('episodeId', IdParameter) episodeId: string,
    @Body() request: StateGoalRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new StateGoal(episodeId, derivedId(context.commandId, 'goal'), request, context));
  }
}
