import { Controller, Query as QueryString } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { CaseLists, Context, type RequestContext, Code, PageRequest, pageOf, Shows, casesOf } from '@waymark/nest';
import type { Page } from '@waymark/read-model';
import { assessmentsCollection, type AssessmentEntry } from './assessments.projection.js';

const statuses = ['open', 'completed', 'accepted', 'returned', 'escalated', 'closed'] as const;

export class ListAssessmentsRequest extends PageRequest {
  @Code(statuses, { optional: true, description: 'Those that await the hub are `completed` (FD-07).' }) status?: (typeof statuses)[number];
}

export class ListAssessments extends Query<Page<AssessmentEntry>> {
  constructor(
    readonly request: ListAssessmentsRequest,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@QueryHandler(ListAssessments)
export class ListAssessmentsHandler implements IQueryHandler<ListAssessments> {
  constructor(private readonly lists: CaseLists) {}

  execute({ request, context }: ListAssessments): Promise<Page<AssessmentEntry>> {
    const where = request.status === undefined ? [] : [{ field: 'status', is: request.status }];
    return this.lists.find(assessmentsCollection, { where, sortBy: 'openedAt', ...pageOf(request) }, context);
  }
}

@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class ListAssessmentsController {
  constructor(private readonly queries: QueryBus) {}

  @Shows('', 'The assessments, oldest first: which still have to be finished, checked or updated', {
    shows: 'the list of assessments',
    of: casesOf('assessment'),
  })
  list(@QueryString() request: ListAssessmentsRequest, @Context() context: RequestContext): Promise<Page<AssessmentEntry>> {
    return this.queries.execute(new ListAssessments(request, context));
  }
}
