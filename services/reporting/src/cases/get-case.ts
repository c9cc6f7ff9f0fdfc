import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { CaseId } from '@waymark/kernel';
import { notFound, READ_MODELS } from '@waymark/nest';
import type { ReadModelStore } from '@waymark/read-model';
import { caseList, type CaseDocument } from './case-document.js';
import { viewOf, type CaseView } from './case-view.js';

export class GetCase extends Query<CaseView> {
  constructor(readonly caseId: CaseId) {
    super();
  }
}

@QueryHandler(GetCase)
export class GetCaseHandler implements IQueryHandler<GetCase> {
  constructor(@Inject(READ_MODELS) private readonly readModels: ReadModelStore) {}

  async execute({ caseId }: GetCase): Promise<CaseView> {
    const found = await this.readModels.get<CaseDocument>(caseList.name, caseId);
    if (!found) throw notFound('case');
    return viewOf(found);
  }
}
