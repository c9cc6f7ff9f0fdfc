import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { DeclineLeadProfessional } from './decline-lead-professional.handler.js';
import { DeclineLeadProfessionalRequest } from './request.js';

@ApiTags('planning: episodes')
@Controller('api/planning/episodes')
export class DeclineLeadProfessionalController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':episodeId/lead-professional/refusal', 'Decline to lead, as the one proposed (LP-03)', {
    does: 'episode.lead',
    of: caseOf(episode, 'episodeId'),
  })
  declineLeadProfessional(
    @Param('episodeId', IdParameter) episodeId: string,
    @Body() request: DeclineLeadProfessionalRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new DeclineLeadProfessional(episodeId, request, context));
  }
}
