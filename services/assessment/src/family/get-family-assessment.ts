import { Controller, Param } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { family, type Family } from '@waymark/assessment-domain';
import { Context, CommandRunner, IdParameter, Shows, theCase, type RequestContext } from '@waymark/nest';

type FamilyView = Family & { readonly id: string; readonly caseId: string; readonly version: number };

export class GetFamilyAssessment extends Query<FamilyView> {
  constructor(
    readonly caseId: string,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@QueryHandler(GetFamilyAssessment)
export class GetFamilyAssessmentHandler implements IQueryHandler<GetFamilyAssessment> {
  constructor(private readonly runner: CommandRunner) {}

  async execute({ caseId, context }: GetFamilyAssessment): Promise<FamilyView> {
    const { state, version } = await this.runner.find(family, caseId, context);
    return { id: caseId, caseId, version, ...state };
  }
}

@ApiTags('assessment: assessments')
@Controller('api/assessment/cases')
export class GetFamilyAssessmentController {
  constructor(private readonly queries: QueryBus) {}

  @Shows(':caseId/assessment', 'Which assessment is open for a family, and which were (EHA-03)', {
    shows: "a family's assessments",
    of: theCase('assessment', 'caseId'),
  })
  get(@Param('caseId', IdParameter) caseId: string, @Context() context: RequestContext): Promise<FamilyView> {
    return this.queries.execute(new GetFamilyAssessment(caseId, context));
  }
}
