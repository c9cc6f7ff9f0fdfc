import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { problem, pageOf, READ_MODELS } from '@waymark/nest';
import type { Condition, ReadModelStore } from '@waymark/read-model';
import { caseList, type CaseDocument } from './case-document.js';
import { viewOf, type CaseList } from './case-view.js';
import type { CaseListRequest, CaseSearchRequest } from './list.request.js';
import { searchFor } from './search-words.js';

type Asked = CaseListRequest & Partial<CaseSearchRequest>;

export class ListCases extends Query<CaseList> {
  constructor(readonly asked: Asked) {
    super();
  }
}

/** Those in which something happened last come first. */
@QueryHandler(ListCases)
export class ListCasesHandler implements IQueryHandler<ListCases> {
  constructor(@Inject(READ_MODELS) private readonly readModels: ReadModelStore) {}

  async execute({ asked }: ListCases): Promise<CaseList> {
    const page = await this.readModels.find<CaseDocument>(caseList.name, {
      where: conditionsOf(asked),
      sortBy: 'lastActivityAt',
      descending: true,
      ...pageOf(asked),
    });
    return { ...page, items: page.items.map((document) => viewOf(document)) };
  }
}

const conditionsOf = ({ search, authority, stage, breached }: Asked): Condition[] => [
  ...wordsOf(search).map((has) => ({ field: 'searchWords', has })),
  ...(authority === undefined ? [] : [{ field: 'authority', is: authority }]),
  ...(stage === undefined ? [] : [{ field: 'stage', is: stage }]),
  ...(breached === undefined ? [] : [{ field: 'breached', is: breached === 'yes' }]),
];

const wordsOf = (search: string | undefined): readonly string[] => {
  if (search === undefined) return [];
  const words = searchFor(search);
  if (!words)
    throw problem([422, 'invalid-value', 'This cannot be so'], 'Search for one to eight words, each with letters or digits.', {
      field: 'search',
    });
  return words;
};
