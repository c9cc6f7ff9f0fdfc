import { Controller, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { CaseId } from '@waymark/kernel';
import { Context, IdParameter, type RequestContext, Shows, theCase } from '@waymark/nest';
import { ChronologyRequest } from './chronology.request.js';
import { GetChronology, type Chronology } from './get-chronology.js';

@ApiTags('reporting: a case from its record')
@Controller('api/reporting/cases')
export class ChronologyController {
  constructor(private readonly queries: QueryBus) {}

  @Shows(':caseId/chronology', "Everything that happened in a case, in practitioners' words; as known at any instant", {
    shows: 'the chronology of a case',
    of: theCase('reporting', 'caseId'),
  })
  chronology(
    @Param('caseId', IdParameter) caseId: string,
    @Query() request: ChronologyRequest,
    @Context() context: RequestContext,
  ): Promise<Chronology> {
    return this.queries.execute(new GetChronology(caseId as CaseId, request, context));
  }
}
