import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { CaseId } from '@waymark/kernel';
import { CaseRecords, notFound, type RequestContext } from '@waymark/nest';
import { caseList, type CaseDocument } from './case-document.js';
import { viewOf, type CaseView } from './case-view.js';

export class GetCase extends Query<CaseView> {
  constructor(
    readonly caseId: CaseId,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@QueryHandler(GetCase)
export class GetCaseHandler implements IQueryHandler<GetCase> {
  constructor(private readonly records: CaseRecords) {}

  async execute({ caseId, context }: GetCase): Promise<CaseView> {
    const found = await this.records.document<CaseDocument>(caseList.name, caseId, context);
    if (!found) throw notFound('case');
    return viewOf(found);
  }
}
