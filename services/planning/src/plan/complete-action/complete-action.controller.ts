import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { CompleteAction } from './complete-action.handler.js';
import { CompleteActionRequest } from './request.js';

@ApiTags('planning: plan')
@Controller('api/planning/episodes/:episodeId/plan')
export class CompleteActionController {
  constructor(private readonly commands: CommandBus) {}

  @Changes('actions/:actionId/completion', 'Record that an action was completed (PLAN-02)', {
    does: 'plan.change',
    of: caseOf(episode, 'episodeId'),
  })
  completeAction(
    @Param('episodeId', IdParameter) episodeId: string,
    @Param('actionId', IdParameter) actionId: string,
    @Body() request: CompleteActionRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new CompleteAction(episodeId, actionId, request, context));
  }
}
