import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Uuid } from '@waymark/kernel';
import { caseOf, Changes, CommandRunner, Context, IdParameter, RecordingRequest } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { episode, proposedOn } from '@waymark/planning-domain';
import { ConsentReader } from '../replicas/consent-reader.js';

@ApiTags('planning: episodes')
@Controller('api/planning/episodes')
export class AcceptLeadProfessionalController {
  constructor(
    private readonly commands: CommandRunner,
    private readonly consents: ConsentReader,
  ) {}

  @Changes(':episodeId/lead-professional/acceptance', 'Accept to lead, as the one proposed; until then the present one stays (LP-03)', {
    does: 'episode.lead',
    of: caseOf(episode, 'episodeId'),
  })
  acceptLeadProfessional(
    @Param('episodeId', IdParameter) episodeId: Uuid,
    @Body() request: RecordingRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.change(
      episode,
      episodeId,
      async ({ caseId, state }) => ({
        kind: 'AcceptLeadProfessional',
        caseId,
        episodeId,
        evidence: { consent: await this.consents.of(caseId, proposedOn(state.subject), request) },
      }),
      { context, request },
    );
  }
}
