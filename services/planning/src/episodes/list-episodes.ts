import { Controller, Query as QueryString } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Code, Context, Handle, Id, PageRequest, pageOf, CaseLists, type RequestContext, Shows, casesOf } from '@waymark/nest';
import type { Condition, Page } from '@waymark/read-model';
import { episodesCollection, type EpisodeEntry } from './episodes.projection.js';

const statuses = ['open', 'closed'] as const;

export class ListEpisodesRequest extends PageRequest {
  @Code(statuses, { optional: true }) status?: (typeof statuses)[number];
  @Id({ optional: true }) caseId?: string;
  @Handle({ optional: true, description: 'Whom it is led by.' }) leadProfessional?: string;
  @Code(['yes', 'no'], { optional: true, description: 'Past eight weeks without a review (TAF-02).' }) drifting?: 'yes' | 'no';
}

export class ListEpisodes extends Query<Page<EpisodeEntry>> {
  constructor(
    readonly request: ListEpisodesRequest,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@QueryHandler(ListEpisodes)
export class ListEpisodesHandler implements IQueryHandler<ListEpisodes> {
  constructor(private readonly lists: CaseLists) {}

  execute({ request, context }: ListEpisodes): Promise<Page<EpisodeEntry>> {
    const where: readonly Condition[] = [
      ...equals('status', request.status),
      ...equals('caseId', request.caseId),
      ...equals('leadUser', request.leadProfessional),
      ...equals('drifting', request.drifting && request.drifting === 'yes'),
    ];
    return this.lists.find(episodesCollection, { where, sortBy: 'openedAt', ...pageOf(request) }, context);
  }
}

const equals = (field: string, is: string | boolean | undefined): readonly Condition[] => (is === undefined ? [] : [{ field, is }]);

@ApiTags('planning: episodes')
@Controller('api/planning/episodes')
export class ListEpisodesController {
  constructor(private readonly queries: QueryBus) {}

  @Shows('', 'The episodes of the families that one works with, or whose Lead Professional one manages, oldest first (SUP-01)', {
    shows: 'the list of episodes',
    of: casesOf('planning'),
  })
  list(@QueryString() request: ListEpisodesRequest, @Context() context: RequestContext): Promise<Page<EpisodeEntry>> {
    return this.queries.execute(new ListEpisodes(request, context));
  }
}
