import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, RecordingRequest, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { AcceptLeadProfessional } from './accept-lead-professional.handler.js';

@ApiTags('planning: episodes')
@Controller('api/planning/episodes')
export class AcceptLeadProfessionalController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':episodeId/lead-professional/acceptance', 'Accept to lead, as the one proposed; until then the present one stays (LP-03)', {
    does: 'episode.lead',
    of: caseOf(episode, 'episodeId'),
  })
  acceptLeadProfessional(
    @Param('episodeId', IdParameter) episodeId: string,
    @Body() request: RecordingRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new AcceptLeadProfessional(episodeId, request, context));
  }
}
