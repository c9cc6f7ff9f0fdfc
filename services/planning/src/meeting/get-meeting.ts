import { Controller, Param } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { CaseRecords, Context, IdParameter, notFound, Shows, caseOf, type RequestContext } from '@waymark/nest';
import { episode, taf } from '@waymark/planning-domain';
import { meetingViews, type MeetingView } from './meeting-view.js';

type OneMeeting = MeetingView & { readonly id: string; readonly version: number };

export class GetMeeting extends Query<OneMeeting> {
  constructor(
    readonly episodeId: string,
    readonly meetingId: string,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@QueryHandler(GetMeeting)
export class GetMeetingHandler implements IQueryHandler<GetMeeting> {
  constructor(private readonly records: CaseRecords) {}

  async execute({ episodeId, meetingId, context }: GetMeeting): Promise<OneMeeting> {
    const events = await this.records.events(taf, episodeId, context);
    const meeting = meetingViews(events).find((candidate) => candidate.meetingId === meetingId);
    if (!meeting) throw notFound('meeting');
    return { ...meeting, id: meetingId, version: events.at(-1)?.version ?? 0 };
  }
}

@ApiTags('planning: meetings')
@Controller('api/planning/episodes/:episodeId/meetings')
export class GetMeetingController {
  constructor(private readonly queries: QueryBus) {}

  @Shows(':meetingId', 'A Team Around the Family meeting with its record', {
    shows: "a family's meeting",
    of: caseOf(episode, 'episodeId'),
  })
  get(
    @Param('episodeId', IdParameter) episodeId: string,
    @Param('meetingId', IdParameter) meetingId: string,
    @Context() context: RequestContext,
  ): Promise<OneMeeting> {
    return this.queries.execute(new GetMeeting(episodeId, meetingId, context));
  }
}
