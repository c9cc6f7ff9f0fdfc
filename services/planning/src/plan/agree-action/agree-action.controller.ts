import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { derivedId } from '@waymark/kernel';
import { Begins, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { AgreeAction } from './agree-action.handler.js';
import { AgreeActionRequest } from './request.js';

@ApiTags('planning: plan')
@Controller('api/planning/episodes/:episodeId/plan')
export class AgreeActionController {
  constructor(private readonly commands: CommandBus) {}

  @Begins('actions', 'Agree a SMART action (PLAN-01)', { does: 'plan.change', of: caseOf(episode, 'episodeId') })
  agreeAction(
    @Param('episodeId', IdParameter) episodeId: string,
    @Body() request: AgreeActionRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new AgreeAction(episodeId, derivedId(context.commandId, 'action'), request, context));
  }
}
