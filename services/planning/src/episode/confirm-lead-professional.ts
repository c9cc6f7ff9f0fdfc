import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Uuid } from '@waymark/kernel';
import { caseOf, Changes, CommandRunner, Context, Id, IdList, IdParameter, Part, RecordingRequest, LongText, YesNo } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { persons, professional, ProfessionalAroundRequest } from '../shared/requests.js';

export class ConfirmLeadProfessionalRequest extends RecordingRequest {
  @Id({ description: 'The meeting at which it is decided.' }) meetingId!: string;
  @Part(() => ProfessionalAroundRequest) leadProfessional!: ProfessionalAroundRequest;
  @IdList({ description: 'The members of the family who agreed.' }) agreedBy!: string[];
  @YesNo({ optional: true, description: 'Whether somebody new has taken it on (LP-03).' }) accepted?: boolean;
  @LongText({ optional: true }) why?: string;
}

@ApiTags('planning: episodes')
@Controller('api/planning/episodes')
export class ConfirmLeadProfessionalController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes(':episodeId/lead-professional/confirmation', 'Confirm who leads, with the family, at the first meeting (LP-01, LP-02)', {
    does: 'episode.lead',
    of: caseOf(episode, 'episodeId'),
  })
  confirmLeadProfessional(
    @Param('episodeId', IdParameter) episodeId: Uuid,
    @Body() request: ConfirmLeadProfessionalRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.change(
      episode,
      episodeId,
      ({ caseId }) => ({
        kind: 'ConfirmLeadProfessional',
        caseId,
        episodeId,
        meetingId: request.meetingId as Uuid,
        leadProfessional: professional(request.leadProfessional),
        agreedBy: persons(request.agreedBy),
        accepted: request.accepted,
        why: request.why,
      }),
      { context, request },
    );
  }
}
