import { Controller, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { CaseId } from '@waymark/kernel';
import { Context, IdParameter, type RequestContext, Shows, theCase } from '@waymark/nest';
import { GetReplay } from './get-replay.js';
import type { Replay } from './replay.js';

@ApiTags('reporting: a case from its record')
@Controller('api/reporting/cases')
export class ReplayController {
  constructor(private readonly queries: QueryBus) {}

  /** Counts and versions alone, but of one family's case: whoever asks is asked why. */
  @Shows(':caseId/replay', 'Fold a case twice from its events, and say whether both come out the same', {
    shows: 'the replay of a case',
    of: theCase('reporting', 'caseId'),
  })
  replay(@Param('caseId', IdParameter) caseId: string, @Context() context: RequestContext): Promise<Replay> {
    return this.queries.execute(new GetReplay(caseId as CaseId, context));
  }
}
