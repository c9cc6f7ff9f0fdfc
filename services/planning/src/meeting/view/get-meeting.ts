import { Controller, Inject, Param } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { collect, type EventStore } from '@waymark/event-store';
import { streamOf } from '@waymark/kernel';
import { EVENT_STORE, IdParameter, notFound, Shows, caseOf } from '@waymark/nest';
import { episode, taf } from '@waymark/planning-domain';
import { meetingViews, type MeetingView } from './meeting-view.js';

type OneMeeting = MeetingView & { readonly id: string; readonly version: number };

export class GetMeeting extends Query<OneMeeting> {
  constructor(
    readonly episodeId: string,
    readonly meetingId: string,
  ) {
    super();
  }
}

@QueryHandler(GetMeeting)
export class GetMeetingHandler implements IQueryHandler<GetMeeting> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  async execute({ episodeId, meetingId }: GetMeeting): Promise<OneMeeting> {
    const events = await collect(this.store.read(streamOf(taf, episodeId)));
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
  get(@Param('episodeId', IdParameter) episodeId: string, @Param('meetingId', IdParameter) meetingId: string): Promise<OneMeeting> {
    return this.queries.execute(new GetMeeting(episodeId, meetingId));
  }
}
