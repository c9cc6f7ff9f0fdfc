import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { derivedId, type OrganisationId, type Uuid } from '@waymark/kernel';
import { Begins, caseOf, CommandRunner, Context, Handle, IdParameter, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';

export class InvolveServiceRequest extends RecordingRequest {
  @Handle() organisation!: string;
  @LongText({ description: 'What its part is.' }) part!: string;
}

@ApiTags('planning: episodes')
@Controller('api/planning/episodes')
export class InvolveServiceController {
  constructor(private readonly commands: CommandRunner) {}

  @Begins(':episodeId/services', "Record that a service takes part in the family's support (EP-05)", {
    does: 'episode.change',
    of: caseOf(episode, 'episodeId'),
  })
  async involveService(
    @Param('episodeId', IdParameter) episodeId: Uuid,
    @Body() request: InvolveServiceRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const serviceId = derivedId(context.commandId, 'service');
    const answer = await this.commands.change(
      episode,
      episodeId,
      ({ caseId }) => ({
        kind: 'RecordServiceInvolved',
        caseId,
        episodeId,
        serviceId,
        organisation: request.organisation as OrganisationId,
        part: request.part,
      }),
      { context, request },
    );
    return { ...answer, id: serviceId };
  }
}
