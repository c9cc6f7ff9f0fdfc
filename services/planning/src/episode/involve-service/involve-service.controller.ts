import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { derivedId } from '@waymark/kernel';
import { Begins, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { InvolveService } from './involve-service.handler.js';
import { InvolveServiceRequest } from './request.js';

@ApiTags('planning: episodes')
@Controller('api/planning/episodes')
export class InvolveServiceController {
  constructor(private readonly commands: CommandBus) {}

  @Begins(':episodeId/services', "Record that a service takes part in the family's support (EP-05)", {
    does: 'episode.change',
    of: caseOf(episode, 'episodeId'),
  })
  involveService(
    @Param('episodeId', IdParameter) episodeId: string,
    @Body() request: InvolveServiceRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new InvolveService(episodeId, derivedId(context.commandId, 'service'), request, context));
  }
}
