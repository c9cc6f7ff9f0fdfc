import { Controller, Query as QueryString } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { CaseLists, Context, type RequestContext, Code, Id, PageRequest, pageOf, Shows, casesOf } from '@waymark/nest';
import { deadlineCollection, type IndexedDeadline } from '@waymark/event-processing';
import type { Condition, Page } from '@waymark/read-model';

const statuses = ['open', 'met', 'missed', 'cancelled'] as const;
const rules = ['TAF-01', 'TAF-02', 'PLAN-02', 'PLAN-03', 'EP-07'] as const;

export class ListDeadlinesRequest extends PageRequest {
  @Code(statuses, { optional: true }) status?: (typeof statuses)[number];
  @Code(rules, { optional: true }) rule?: (typeof rules)[number];
  @Code(['yes', 'no'], { optional: true, description: 'Passed without being met, whatever was done since.' }) breached?: 'yes' | 'no';
  @Id({ optional: true }) caseId?: string;
}

export class ListDeadlines extends Query<Page<IndexedDeadline>> {
  constructor(
    readonly request: ListDeadlinesRequest,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@QueryHandler(ListDeadlines)
export class ListDeadlinesHandler implements IQueryHandler<ListDeadlines> {
  constructor(private readonly lists: CaseLists) {}

  execute({ request, context }: ListDeadlines): Promise<Page<IndexedDeadline>> {
    const { status, rule, caseId } = request;
    const breached = request.breached && request.breached === 'yes';
    const where: readonly Condition[] = Object.entries({ status, rule, breached, caseId }).flatMap(([field, is]) =>
      is === undefined ? [] : [{ field, is }],
    );
    return this.lists.find(deadlineCollection('planning').name, { where, sortBy: 'dueAt', ...pageOf(request) }, context);
  }
}

@ApiTags('planning: deadlines')
@Controller('api/planning/deadlines')
export class ListDeadlinesController {
  constructor(private readonly queries: QueryBus) {}

  @Shows('', 'The deadlines of meetings, actions and staying in touch, next due first', {
    shows: 'the list of deadlines',
    of: casesOf('planning'),
  })
  list(@QueryString() request: ListDeadlinesRequest, @Context() context: RequestContext): Promise<Page<IndexedDeadline>> {
    return this.queries.execute(new ListDeadlines(request, context));
  }
}
