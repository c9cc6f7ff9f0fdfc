import { Body, Controller, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { CaseId } from '@waymark/kernel';
import { Context, type RequestContext, IdParameter, Shows, ShowsBySearch, ShowsNothingPersonal, casesOf, theCase } from '@waymark/nest';
import type { CaseList, CaseView } from './case-view.js';
import { GetCase } from './get-case.js';
import { GetOverview, type Overview } from './get-overview.js';
import { ListCases } from './list-cases.js';
import { CaseListRequest, CaseSearchRequest } from './list.request.js';

@ApiTags('reporting: cases')
@Controller('api/reporting')
export class CasesController {
  constructor(private readonly queries: QueryBus) {}

  @Shows('cases', 'The cases, by authority or stage', { shows: 'the list of cases', of: casesOf('reporting') })
  list(@Query() request: CaseListRequest, @Context() context: RequestContext): Promise<CaseList> {
    return this.queries.execute(new ListCases(request, context));
  }

  @ShowsBySearch('cases/search', 'The cases by name or reference, also by authority or stage', {
    shows: 'the list of cases',
    of: casesOf('reporting'),
  })
  search(@Body() request: CaseSearchRequest, @Context() context: RequestContext): Promise<CaseList> {
    return this.queries.execute(new ListCases(request, context));
  }

  @Shows('cases/:caseId', 'One case in a few lines', { shows: 'the summary of a case', of: theCase('reporting', 'caseId') })
  one(@Param('caseId', IdParameter) caseId: string, @Context() context: RequestContext): Promise<CaseView> {
    return this.queries.execute(new GetCase(caseId as CaseId, context));
  }

  @ShowsNothingPersonal('overview', 'How many cases there are, by authority and stage', { shows: 'how many cases there are' })
  overview(@Context() context: RequestContext): Promise<Overview> {
    return this.queries.execute(new GetOverview(context));
  }
}
