import { Body, Controller, Param, Query, Res, UseFilters } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import { Day, Uuid, type CaseId } from '@waymark/kernel';
import { badRequest, Context, type RequestContext, notFound, Page, PageByForm, Problem, casesOf, theCase } from '@waymark/nest';
import { endOfLondonDay } from '@waymark/policy';
import { GetCase } from '../cases/get-case.js';
import { ListCases } from '../cases/list-cases.js';
import { GetChronology } from '../history/chronology/get-chronology.js';
import { casePage, titleOf } from './case.page.js';
import { caseListPage, type Filters } from './case-list.page.js';
import { PageFrame, type Reply } from './page-frame.js';
import { PageFilter } from './page.filter.js';
import { listRequestOf, one, searchOf, type PageQuery } from './page-query.js';
import { address } from './words.js';

const entriesAPage = 100;

interface Asking {
  readonly context: RequestContext;
  readonly reply: Reply;
}

/** Plain pages to look at cases until there is a portal. The platform's guards decide who may look, as they do of the API. */
@ApiExcludeController()
@Controller()
@UseFilters(PageFilter)
export class PagesController {
  constructor(
    private readonly queries: QueryBus,
    private readonly frame: PageFrame,
  ) {}

  @Page('', { shows: 'the list of cases', of: casesOf('reporting') })
  async list(@Query() query: PageQuery, @Context() context: RequestContext, @Res() reply: Reply): Promise<void> {
    await this.showList(query, undefined, { context, reply });
  }

  /** The search box posts what it was given, so that no name comes to stand in an address. */
  @PageByForm('', { shows: 'the list of cases', of: casesOf('reporting') })
  async search(@Body() body: PageQuery | undefined, @Context() context: RequestContext, @Res() reply: Reply): Promise<void> {
    const form = body ?? {};
    const search = searchOf(form);
    if (search !== undefined) return this.showList(form, search, { context, reply });
    // Without a name it is a list like any other, with an address that can be kept.
    const { authority, stage } = listRequestOf(form);
    reply
      .status(303)
      .headers({ location: address('/', { authority, stage }) })
      .send();
  }

  @Page('cases/:caseId', { shows: 'the chronology of a case', of: theCase('reporting', 'caseId') })
  async case(
    @Param('caseId') id: string,
    @Query() query: PageQuery,
    @Context() context: RequestContext,
    @Res() reply: Reply,
  ): Promise<void> {
    if (!Uuid.safeParse(id).success) throw notFound('case');
    const caseId = id as CaseId;
    const asked = query['asKnownOn'] ?? '';
    const day = Day.safeParse(asked);
    // Shown the present for a day that cannot be read, somebody would take it for what was known then.
    if (asked !== '' && !day.success)
      throw badRequest('There is no such day. Choose a day that exists, as 2026-04-20, or none for the present.', { field: 'asKnownOn' });
    const cursor = one(query['cursor']);
    const chronology = await this.queries.execute(
      new GetChronology(
        caseId,
        {
          limit: entriesAPage,
          ...(day.success ? { asKnownAt: endOfLondonDay(day.data) } : {}),
          ...(cursor === undefined ? {} : { cursor }),
        },
        context,
      ),
    );
    const summary = await this.queries.execute(new GetCase(caseId, context)).catch(unlessUnknown);
    this.frame.send(reply, {
      title: titleOf(summary),
      main: casePage({
        ...{ caseId, summary, chronology, later: cursor !== undefined, notes: query['notes'] === 'shown' },
        asKnownOn: day.success ? day.data : undefined,
      }),
    });
  }

  private async showList(query: PageQuery, search: string | undefined, { context, reply }: Asking): Promise<void> {
    const asked = listRequestOf(query);
    const list = await this.queries.execute(new ListCases({ ...asked, ...(search === undefined ? {} : { search }) }, context));
    const filters: Filters = { search: search ?? '', authority: asked.authority ?? '', stage: asked.stage ?? '' };
    this.frame.send(reply, {
      title: search === undefined ? 'Cases' : 'Cases found',
      main: caseListPage(list, filters, asked.cursor !== undefined),
    });
  }
}

/** The list may lag behind the record by a moment; the page does without. */
const unlessUnknown = (error: unknown): null => {
  if (error instanceof Problem && error.document.status === 404) return null;
  throw error;
};
