import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { instant, type PersonId, type Uuid } from '@waymark/kernel';
import {
  caseOf,
  Changes,
  Code,
  CommandRunner,
  Context,
  HandleList,
  Id,
  IdParameter,
  Moment,
  Part,
  PartList,
  RecordingRequest,
  LongText,
} from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { episode, impacts, parts, taf, type HoldTaf, type Impact, type Part as PartOfFamily } from '@waymark/planning-domain';
import { EpisodeReader } from '../shared/episode-reader.js';
import { professional, ProfessionalAroundRequest } from '../shared/requests.js';

export class PersonAttendingRequest {
  @Id() personId!: string;
  @Code(parts) part!: PartOfFamily;
}

export class AttendanceRequest {
  @PartList(() => PersonAttendingRequest) people!: PersonAttendingRequest[];
  @PartList(() => ProfessionalAroundRequest) professionals!: ProfessionalAroundRequest[];
}

export class RepresentedRequest {
  @Id() personId!: string;
  @LongText() views!: string;
}

export class HoldMeetingRequest extends RecordingRequest {
  @Moment() heldAt!: string;
  @Part(() => AttendanceRequest) attended!: AttendanceRequest;
  @PartList(() => RepresentedRequest, { optional: true, description: 'Views put to the meeting for those who were not there (TAF-05).' })
  represented?: RepresentedRequest[];
  @HandleList({ optional: true, description: "Topics of the authority's agenda (TAF-07)." }) discussed?: string[];
  @LongText({ optional: true, description: 'A summary of the discussion (TAF-06).' }) summary?: string;
  @Code(impacts, { optional: true, description: 'Of a review: the judgement of its impact (TAF-08).' }) impact?: Impact;
}

@ApiTags('planning: meetings')
@Controller('api/planning/episodes/:episodeId/meetings')
export class HoldMeetingController {
  constructor(
    private readonly commands: CommandRunner,
    private readonly episodes: EpisodeReader,
  ) {}

  @Changes(':meetingId/record', 'Record a meeting that was held (TAF-01 to TAF-03, TAF-05 to TAF-08)', {
    does: 'meeting.change',
    of: caseOf(episode, 'episodeId'),
  })
  async holdMeeting(
    @Param('episodeId', IdParameter) episodeId: string,
    @Param('meetingId', IdParameter) meetingId: Uuid,
    @Body() request: HoldMeetingRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { authority, about, evidence } = await this.episodes.of(episodeId, context);
    return this.commands.begin(
      taf,
      episodeId,
      { kind: 'HoldTaf', ...about, meetingId, ...record(request), evidence },
      { context, request, authority },
    );
  }
}

/** The meeting's record as the command says it. */
const record = (
  request: HoldMeetingRequest,
): Pick<HoldTaf, 'heldAt' | 'attended' | 'represented' | 'discussed' | 'summary' | 'impact'> => ({
  heldAt: instant(request.heldAt),
  attended: {
    people: request.attended.people.map(({ personId, part }) => ({ personId: personId as unknown as PersonId, part })),
    professionals: request.attended.professionals.map(professional),
  },
  represented: (request.represented ?? []).map(({ personId, views }) => ({ personId: personId as unknown as PersonId, views })),
  discussed: request.discussed ?? [],
  summary: request.summary,
  impact: request.impact,
});
