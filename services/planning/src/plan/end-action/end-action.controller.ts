import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { EndAction } from './end-action.handler.js';
import { EndActionRequest } from './request.js';

@ApiTags('planning: plan')
@Controller('api/planning/episodes/:episodeId/plan')
export class EndActionController {
  constructor(private readonly commands: CommandBus) {}

  @Changes('actions/:actionId/ending', 'End an action without completion', { does: 'plan.change', of: caseOf(episode, 'episodeId') })
  endAction(
    @Param('episodeId', IdParameter) episodeId: string,
    @Param('actionId', IdParameter) actionId: string,
    @Body() request: EndActionRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new EndAction(episodeId, actionId, request, context));
  }
}
