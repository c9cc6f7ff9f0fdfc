import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { EndService } from './end-service.handler.js';
import { EndServiceRequest } from './request.js';

@ApiTags('planning: episodes')
@Controller('api/planning/episodes')
export class EndServiceController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':episodeId/services/:serviceId/ending', 'Record that a service has ended its own part (EP-05)', {
    does: 'episode.change',
    of: caseOf(episode, 'episodeId'),
  })
  endService(
    @Param('episodeId', IdParameter) episodeId: string,
    @Param('serviceId', IdParameter) serviceId: string,
    @Body() request: EndServiceRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new EndService(episodeId, serviceId, request, context));
  }
}
