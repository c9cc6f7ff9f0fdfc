import { Controller, Inject, Param, Query as QueryString } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { consent, type Ledger } from '@waymark/assessment-domain';
import { agenciesReached, takingPart } from '@waymark/consent';
import type { Deadlines } from '@waymark/deadlines';
import { instant, type Clock, type Instant, type OrganisationId } from '@waymark/kernel';
import { Context, CLOCK, CommandRunner, IdParameter, Moment, Shows, theCase, type RequestContext } from '@waymark/nest';

interface LedgerView extends Ledger {
  readonly id: string;
  readonly caseId: string;
  readonly version: number;
  /** The moment that `reached` is about. */
  readonly at: Instant;
  /** Whom the consents of each purpose reach then. */
  readonly reached: Readonly<Record<string, readonly OrganisationId[]>>;
  readonly deadlines: Deadlines;
}

export class GetLedgerRequest {
  @Moment({ optional: true, description: 'Whom consent reaches at this moment; by default now.' }) at?: string;
}

export class GetLedger extends Query<LedgerView> {
  constructor(
    readonly caseId: string,
    readonly at: string | undefined,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@QueryHandler(GetLedger)
export class GetLedgerHandler implements IQueryHandler<GetLedger> {
  constructor(
    private readonly runner: CommandRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ caseId, at: asked, context }: GetLedger): Promise<LedgerView> {
    const { state, version } = await this.runner.find(consent, caseId, context);
    const { subject, deadlines } = state;
    const at = asked === undefined ? this.clock.now() : instant(asked);
    const purposes = new Set([takingPart, ...subject.consents.map(({ purpose }) => purpose)]);
    const reached = Object.fromEntries([...purposes].map((purpose) => [purpose, agenciesReached(subject, at, purpose)]));
    return { id: caseId, caseId, version, at, reached, ...subject, deadlines };
  }
}

@ApiTags('assessment: consent')
@Controller('api/assessment/cases')
export class GetLedgerController {
  constructor(private readonly queries: QueryBus) {}

  @Shows(':caseId/consents', 'The consent ledger of a case: every consent with its stretches, refusals, and whom consent reaches', {
    shows: 'a consent ledger',
    of: theCase('assessment', 'caseId'),
  })
  get(
    @Param('caseId', IdParameter) caseId: string,
    @QueryString() { at }: GetLedgerRequest,
    @Context() context: RequestContext,
  ): Promise<LedgerView> {
    return this.queries.execute(new GetLedger(caseId, at, context));
  }
}
