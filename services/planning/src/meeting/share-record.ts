import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { PersonId, Uuid } from '@waymark/kernel';
import { caseOf, Changes, Code, CommandRunner, Conditions, Context, exactlyOneOf, Id, IdParameter, Part, PartList } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { episode, plan, taf, withholdings, type ShareRecord, type Withholding } from '@waymark/planning-domain';
import { EpisodeReader } from '../shared/episode-reader.js';
import { oneOf } from '../shared/one-of.js';
import { around, AroundRecordingRequest, professional, ProfessionalAroundRequest } from '../shared/requests.js';

@Conditions(exactlyOneOf(['personId'], ['professional']))
export class WithheldRequest {
  @Id({ optional: true }) personId?: string;
  @Part(() => ProfessionalAroundRequest, { optional: true }) professional?: ProfessionalAroundRequest;
  @Code(withholdings) because!: Withholding;
}

export class ShareRecordRequest extends AroundRecordingRequest {
  @PartList(() => WithheldRequest, { optional: true, description: 'Who attended or was invited and may not receive it.' })
  withheld?: WithheldRequest[];
}

@ApiTags('planning: meetings')
@Controller('api/planning/episodes/:episodeId/meetings')
export class ShareRecordController {
  constructor(
    private readonly commands: CommandRunner,
    private readonly episodes: EpisodeReader,
  ) {}

  @Changes(':meetingId/sharing', "Share a meeting's record and plan with all who may receive it (TAF-06)", {
    does: 'meeting.change',
    of: caseOf(episode, 'episodeId'),
  })
  async shareRecord(
    @Param('episodeId', IdParameter) episodeId: string,
    @Param('meetingId', IdParameter) meetingId: Uuid,
    @Body() request: ShareRecordRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { authority, about, evidence } = await this.episodes.of(episodeId, context);
    return this.commands.begin(
      taf,
      episodeId,
      {
        kind: 'ShareRecord',
        ...about,
        meetingId,
        ...around(request),
        withheld: withheld(request),
        evidence: { ...evidence, planActions: await this.planActions(episodeId, context) },
      },
      { context, request, authority },
    );
  }

  private async planActions(episodeId: string, context: RequestContext): Promise<number> {
    const { state } = await this.commands.findOptional(plan, episodeId, context);
    return state.subject.actions.length;
  }
}

const withheld = ({ withheld = [] }: ShareRecordRequest): ShareRecord['withheld'] =>
  withheld.map((one) =>
    oneOf(
      one,
      (personId) => ({ personId: personId as PersonId, because: one.because }),
      (who) => ({ professional: professional(who), because: one.because }),
    ),
  );
