import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { PersonId, Uuid } from '@waymark/kernel';
import {
  caseOf,
  Changes,
  CommandRunner,
  Conditions,
  Context,
  exactlyOneOf,
  Id,
  IdParameter,
  Part,
  RecordingRequest,
  LongText,
} from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { episode, taf, type RecordViews } from '@waymark/planning-domain';
import { EpisodeReader } from '../shared/episode-reader.js';
import { oneOf } from '../shared/one-of.js';
import { professional, ProfessionalAroundRequest } from '../shared/requests.js';

@Conditions(exactlyOneOf(['personId'], ['professional']))
export class RecordViewsRequest extends RecordingRequest {
  @Id({ optional: true, description: 'A member of the family; or else a professional.' }) personId?: string;
  @Part(() => ProfessionalAroundRequest, { optional: true }) professional?: ProfessionalAroundRequest;
  @LongText() views!: string;
}

@ApiTags('planning: meetings')
@Controller('api/planning/episodes/:episodeId/meetings')
export class RecordViewsController {
  constructor(
    private readonly commands: CommandRunner,
    private readonly episodes: EpisodeReader,
  ) {}

  @Changes(':meetingId/views', 'Record the views of somebody who cannot attend (TAF-05)', {
    does: 'meeting.change',
    of: caseOf(episode, 'episodeId'),
  })
  async recordViews(
    @Param('episodeId', IdParameter) episodeId: string,
    @Param('meetingId', IdParameter) meetingId: Uuid,
    @Body() request: RecordViewsRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { authority, about, evidence } = await this.episodes.of(episodeId, context);
    return this.commands.begin(
      taf,
      episodeId,
      { kind: 'RecordViews', ...about, meetingId, of: whoseViews(request), views: request.views, evidence },
      { context, request, authority },
    );
  }
}

const whoseViews = (request: RecordViewsRequest): RecordViews['of'] =>
  oneOf(
    request,
    (personId) => ({ personId: personId as PersonId }),
    (one) => ({ professional: professional(one) }),
  );
