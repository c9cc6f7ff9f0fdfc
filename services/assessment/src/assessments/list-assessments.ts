import { Controller, Inject, Query as QueryString } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Code, PageRequest, pageOf, READ_MODELS, Shows, casesOf } from '@waymark/nest';
import type { Page, ReadModelStore } from '@waymark/read-model';
import { assessmentsCollection, type AssessmentEntry } from './assessments.projection.js';

const statuses = ['open', 'completed', 'accepted', 'returned', 'escalated', 'closed'] as const;

export class ListAssessmentsRequest extends PageRequest {
  @Code(statuses, { optional: true, description: 'Those that await the hub are `completed` (FD-07).' }) status?: (typeof statuses)[number];
}

export class ListAssessments extends Query<Page<AssessmentEntry>> {
  constructor(readonly request: ListAssessmentsRequest) {
    super();
  }
}

@QueryHandler(ListAssessments)
export class ListAssessmentsHandler implements IQueryHandler<ListAssessments> {
  constructor(@Inject(READ_MODELS) private readonly readModels: ReadModelStore) {}

  execute({ request }: ListAssessments): Promise<Page<AssessmentEntry>> {
    const where = request.status === undefined ? [] : [{ field: 'status', is: request.status }];
    return this.readModels.find(assessmentsCollection, { where, sortBy: 'openedAt', ...pageOf(request) });
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
  list(@QueryString() request: ListAssessmentsRequest): Promise<Page<AssessmentEntry>> {
    return this.queries.execute(new ListAssessments(request));
  }
}
