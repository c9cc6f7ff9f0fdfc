import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { ReviseAction } from './revise-action.handler.js';
import { ReviseActionRequest } from './request.js';

@ApiTags('planning: plan')
@Controller('api/planning/episodes/:episodeId/plan')
export class ReviseActionController {
  constructor(private readonly commands: CommandBus) {}

  @Changes('actions/:actionId/revision', 'Revise an action; a new owner agrees anew (PLAN-01)', {
    does: 'plan.change',
    of: caseOf(episode, 'episodeId'),
  })
  reviseAction(
    @Param('episodeId', IdParameter) episodeId: string,
    @Param('actionId', IdParameter) actionId: string,
    @Body() request: ReviseActionRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new ReviseAction(episodeId, actionId, request, context));
  }
}
