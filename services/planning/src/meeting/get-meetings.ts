import { Controller, Param } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { CommandRunner, CaseRecords, Context, IdParameter, Shows, caseOf, type RequestContext } from '@waymark/nest';
import { episode, taf } from '@waymark/planning-domain';
import { EpisodeReader } from '../shared/episode-reader.js';
import { meetingViews, type MeetingView } from './meeting-view.js';

interface MeetingsView {
  readonly id: string;
  readonly caseId: string;
  readonly version: number;
  readonly stage: string;
  readonly deadlines: readonly unknown[];
  readonly meetings: readonly MeetingView[];
}

export class GetMeetings extends Query<MeetingsView> {
  constructor(
    readonly episodeId: string,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@QueryHandler(GetMeetings)
export class GetMeetingsHandler implements IQueryHandler<GetMeetings> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly episodes: EpisodeReader,
    private readonly records: CaseRecords,
  ) {}

  async execute({ episodeId, context }: GetMeetings): Promise<MeetingsView> {
    const { about } = await this.episodes.of(episodeId, context);
    const { state, version } = await this.runner.findOptional(taf, episodeId, context);
    const meetings = meetingViews(await this.records.events(taf, episodeId, context));
    return { id: episodeId, caseId: about.caseId, version, stage: state.subject.stage, deadlines: state.deadlines, meetings };
  }
}

@ApiTags('planning: meetings')
@Controller('api/planning/episodes/:episodeId/meetings')
export class GetMeetingsController {
  constructor(private readonly queries: QueryBus) {}

  @Shows('', 'The Team Around the Family meetings of an episode, with their review windows', {
    shows: "a family's meetings",
    of: caseOf(episode, 'episodeId'),
  })
  get(@Param('episodeId', IdParameter) episodeId: string, @Context() context: RequestContext): Promise<MeetingsView> {
    return this.queries.execute(new GetMeetings(episodeId, context));
  }
}
