import { Controller, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { CaseId } from '@waymark/kernel';
import { Context, IdParameter, type RequestContext, Shows, theCase } from '@waymark/nest';
import { GetCaseState, type CaseState } from './get-case-state.js';
import { StateRequest } from './state.request.js';

@ApiTags('reporting: a case from its record')
@Controller('api/reporting/cases')
export class StateController {
  constructor(private readonly queries: QueryBus) {}

  @Shows(':caseId/state', 'Every aggregate of a case as it stood at a version, or as known at an instant', {
    shows: 'the state of a case',
    of: theCase('reporting', 'caseId'),
  })
  state(
    @Param('caseId', IdParameter) caseId: string,
    @Query() request: StateRequest,
    @Context() context: RequestContext,
  ): Promise<CaseState> {
    return this.queries.execute(new GetCaseState(caseId as CaseId, request, context));
  }
}
