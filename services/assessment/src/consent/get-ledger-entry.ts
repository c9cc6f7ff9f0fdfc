import { Controller, Param } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { consent } from '@waymark/assessment-domain';
import type { Recorded } from '@waymark/event-store';
import { CodeParameter, CaseRecords, Context, IdParameter, notFound, Shows, theCase, type RequestContext } from '@waymark/nest';

/** The kinds of entry, and the field by which their events are found. */
const kinds: ReadonlyMap<string, string> = new Map([
  ['consents', 'consentId'],
  ['refusals', 'refusalId'],
  ['competence-judgements', 'competenceId'],
  ['parent-involvement', 'childId'],
  ['other-parents', 'personId'],
  ['sharing-decisions', 'decisionId'],
  ['lawful-bases', 'lawfulBasisId'],
  ['safety-concerns', 'concernId'],
]);

const kindNames = [...kinds.keys()];

interface EntryView {
  readonly id: string;
  readonly caseId: string;
  readonly version: number;
  readonly events: readonly Pick<Recorded, 'type' | 'version' | 'occurredAt' | 'recordedAt' | 'actor' | 'data'>[];
}

export class GetLedgerEntry extends Query<EntryView> {
  constructor(
    readonly caseId: string,
    readonly kind: string,
    readonly entryId: string,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@QueryHandler(GetLedgerEntry)
export class GetLedgerEntryHandler implements IQueryHandler<GetLedgerEntry> {
  constructor(private readonly records: CaseRecords) {}

  async execute({ caseId, kind, entryId, context }: GetLedgerEntry): Promise<EntryView> {
    const field = kinds.get(kind);
    if (field === undefined) throw notFound('kind of entry in the consent ledger');
    const all = await this.records.events(consent, caseId, context);
    const events = all.filter(({ data }) => (data as Readonly<Record<string, unknown>>)[field] === entryId);
    if (events.length === 0) throw notFound('entry in the consent ledger');
    return { id: entryId, caseId, version: all.at(-1)?.version ?? 0, events: events.map(shown) };
  }
}

const shown = ({ type, version, occurredAt, recordedAt, actor, data }: Recorded) => ({
  type,
  version,
  occurredAt,
  recordedAt,
  actor,
  data,
});

@ApiTags('assessment: consent')
@Controller('api/assessment/cases')
export class GetLedgerEntryController {
  constructor(private readonly queries: QueryBus) {}

  @Shows(':caseId/:kind/:entryId', 'One entry of the consent ledger: what happened to it, in order', {
    shows: 'an entry of a consent ledger',
    of: theCase('assessment', 'caseId'),
  })
  @ApiParam({ name: 'kind', enum: kindNames })
  get(
    @Param('caseId', IdParameter) caseId: string,
    @Param('kind', new CodeParameter(kindNames, 'kind of entry in the consent ledger')) kind: string,
    @Param('entryId', IdParameter) entryId: string,
    @Context() context: RequestContext,
  ): Promise<EntryView> {
    return this.queries.execute(new GetLedgerEntry(caseId, kind, entryId, context));
  }
}
