import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Context, ShowsNothingPersonal, type RequestContext } from '@waymark/nest';
import { GetErased, type ErasedStatistics } from './get-erased.js';

@ApiTags('reporting: cases')
@Controller('api/reporting/overview')
export class StatisticsController {
  constructor(private readonly queries: QueryBus) {}

  @ShowsNothingPersonal('erased', 'What stays countable of the cases and children that were erased', {
    shows: 'what was counted of what is erased',
  })
  erased(@Context() context: RequestContext): Promise<ErasedStatistics> {
    return this.queries.execute(new GetErased(context));
  }
}
