import { Controller, Inject, Query as QueryString } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '@waymark/kernel';
import { Code, Context, Handle, Id, PageRequest, pageOf, READ_MODELS, type RequestContext, Shows, casesOf } from '@waymark/nest';
import type { Condition, Page, ReadModelStore } from '@waymark/read-model';
import { episodesCollection, type EpisodeEntry } from './episodes.projection.js';
import { organisationSeenBy } from './whose.js';

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
    readonly actor: Actor,
  ) {
    super();
  }
}

@QueryHandler(ListEpisodes)
export class ListEpisodesHandler implements IQueryHandler<ListEpisodes> {
  constructor(@Inject(READ_MODELS) private readonly readModels: ReadModelStore) {}

  execute({ request, actor }: ListEpisodes): Promise<Page<EpisodeEntry>> {
    const where: readonly Condition[] = [
      ...equals('leadOrganisation', organisationSeenBy(actor)),
      ...equals('status', request.status),
      ...equals('caseId', request.caseId),
      ...equals('leadUser', request.leadProfessional),
      ...equals('drifting', request.drifting && request.drifting === 'yes'),
    ];
    return this.readModels.find(episodesCollection, { where, sortBy: 'openedAt', ...pageOf(request) });
  }
}

const equals = (field: string, is: string | boolean | undefined): readonly Condition[] => (is === undefined ? [] : [{ field, is }]);

@ApiTags('planning: episodes')
@Controller('api/planning/episodes')
export class ListEpisodesController {
  constructor(private readonly queries: QueryBus) {}

  @Shows('', "The episodes that one's own organisation leads, oldest first; all of them for those who look after all (SUP-01)", {
    shows: 'the list of episodes',
    of: casesOf('planning'),
  })
  list(@QueryString() request: ListEpisodesRequest, @Context() { actor }: RequestContext): Promise<Page<EpisodeEntry>> {
    return this.queries.execute(new ListEpisodes(request, actor));
  }
}
