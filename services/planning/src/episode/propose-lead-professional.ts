import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Uuid } from '@waymark/kernel';
import { caseOf, Changes, CommandRunner, Context, Id, IdParameter, Part, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { ConsentReader } from '../replicas/consent-reader.js';
import { professional, ProfessionalAroundRequest } from '../shared/requests.js';

export class ProposeLeadProfessionalRequest extends RecordingRequest {
  @Part(() => ProfessionalAroundRequest) leadProfessional!: ProfessionalAroundRequest;
  @Id({ optional: true, description: "The family's consent to a change of Lead Professional (CON-14)." }) consentId?: string;
  @LongText() why!: string;
}

@ApiTags('planning: episodes')
@Controller('api/planning/episodes')
export class ProposeLeadProfessionalController {
  constructor(
    private readonly commands: CommandRunner,
    private readonly consents: ConsentReader,
  ) {}

  @Changes(':episodeId/lead-professional/proposal', "Propose a transfer to another Lead Professional, on the family's consent (LP-03)", {
    does: 'episode.lead',
    of: caseOf(episode, 'episodeId'),
  })
  proposeLeadProfessional(
    @Param('episodeId', IdParameter) episodeId: Uuid,
    @Body() request: ProposeLeadProfessionalRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.change(
      episode,
      episodeId,
      async ({ caseId }) => ({
        kind: 'ProposeLeadProfessional',
        caseId,
        episodeId,
        leadProfessional: professional(request.leadProfessional),
        why: request.why,
        evidence: { consent: await this.consents.of(caseId, request.consentId, request) },
      }),
      { context, request },
    );
  }
}
