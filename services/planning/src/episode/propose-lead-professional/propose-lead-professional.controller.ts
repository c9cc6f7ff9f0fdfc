import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { ProposeLeadProfessional } from './propose-lead-professional.handler.js';
import { ProposeLeadProfessionalRequest } from './request.js';

@ApiTags('planning: episodes')
@Controller('api/planning/episodes')
export class ProposeLeadProfessionalController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':episodeId/lead-professional/proposal', "Propose a transfer to another Lead Professional, on the family's consent (LP-03)", {
    does: 'episode.lead',
    of: caseOf(episode, 'episodeId'),
  })
  proposeLeadProfessional(
    @Param('episodeId', IdParameter) episodeId: string,
    @Body() request: ProposeLeadProfessionalRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new ProposeLeadProfessional(episodeId, request, context));
  }
}
