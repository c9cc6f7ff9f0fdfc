import { Controller, Param } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { EventOf } from '@waymark/kernel';
import { CommandRunner, CaseRecords, Context, IdParameter, Shows, caseOf, type RequestContext } from '@waymark/nest';
import { episode, episodeEvents, headcount, type Around, type Episode } from '@waymark/planning-domain';
import { involvedAround } from './involved-around.js';

type Closing = EventOf<typeof episodeEvents.EpisodeClosed>['data'];

type EpisodeView = Episode & {
  readonly id: string;
  readonly caseId: string;
  readonly version: number;
  readonly deadlines: readonly unknown[];
  /** Whom closing tells (EP-04). */
  readonly involved: Around;
  /** LP-04. */
  readonly workersAround: number;
  /** Each closing; more than one where the episode was reopened. */
  readonly closings: readonly Closing[];
};

export class GetEpisode extends Query<EpisodeView> {
  constructor(
    readonly episodeId: string,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@QueryHandler(GetEpisode)
export class GetEpisodeHandler implements IQueryHandler<GetEpisode> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly records: CaseRecords,
  ) {}

  async execute({ episodeId, context }: GetEpisode): Promise<EpisodeView> {
    const { state, version, caseId } = await this.runner.find(episode, episodeId, context);
    const involved = await involvedAround(this.runner, episodeId, context);
    const events = await this.records.events(episode, episodeId, context);
    const closings = events.filter(({ type }) => type === episodeEvents.EpisodeClosed.type).map(({ data }) => data as Closing);
    const workersAround = headcount({ people: [], professionals: involved.professionals });
    return { ...state.subject, id: episodeId, caseId, version, deadlines: state.deadlines, involved, workersAround, closings };
  }
}

@ApiTags('planning: episodes')
@Controller('api/planning/episodes')
export class GetEpisodeController {
  constructor(private readonly queries: QueryBus) {}

  @Shows(':episodeId', 'An episode: who leads it, who is around it, how it stands', {
    shows: 'an episode',
    of: caseOf(episode, 'episodeId'),
  })
  get(@Param('episodeId', IdParameter) episodeId: string, @Context() context: RequestContext): Promise<EpisodeView> {
    return this.queries.execute(new GetEpisode(episodeId, context));
  }
}
