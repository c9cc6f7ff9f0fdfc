import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { ConfirmLeadProfessional } from './confirm-lead-professional.handler.js';
import { ConfirmLeadProfessionalRequest } from './request.js';

@ApiTags('planning: episodes')
@Controller('api/planning/episodes')
export class ConfirmLeadProfessionalController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':episodeId/lead-professional/confirmation', 'Confirm who leads, with the family, at the first meeting (LP-01, LP-02)', {
    does: 'episode.lead',
    of: caseOf(episode, 'episodeId'),
  })
  confirmLeadProfessional(
    @Param('episodeId', IdParameter) episodeId: string,
    @Body() request: ConfirmLeadProfessionalRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new ConfirmLeadProfessional(episodeId, request, context));
  }
}
