import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { problem, CaseLists, pageOf, type RequestContext } from '@waymark/nest';
import type { Condition } from '@waymark/read-model';
import { caseList, type CaseDocument } from './case-document.js';
import { viewOf, type CaseList } from './case-view.js';
import type { CaseListRequest, CaseSearchRequest } from './list.request.js';
import { searchFor } from './search-words.js';

type Asked = CaseListRequest & Partial<CaseSearchRequest>;

export class ListCases extends Query<CaseList> {
  constructor(
    readonly asked: Asked,
    readonly context: RequestContext,
  ) {
    super();
  }
}

/** Those in which something happened last come first. */
@QueryHandler(ListCases)
export class ListCasesHandler implements IQueryHandler<ListCases> {
  constructor(private readonly lists: CaseLists) {}

  async execute({ asked, context }: ListCases): Promise<CaseList> {
    const query = { where: conditionsOf(asked), sortBy: 'lastActivityAt', descending: true, ...pageOf(asked) };
    const page = await this.lists.find<CaseDocument>(caseList.name, query, context, 'id');
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
