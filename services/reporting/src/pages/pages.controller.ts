import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import { Day, Uuid, type CaseId } from '@waymark/kernel';
import { CONFIG, notFound, Open, Problem, type Config } from '@waymark/nest';
import { endOfLondonDay } from '@waymark/policy';
import { BadQuery } from '@waymark/read-model';
import { GetCase } from '../cases/get-case.js';
import { ListCases } from '../cases/list-cases.js';
import { GetChronology } from '../history/chronology/get-chronology.js';
import { casePage, titleOf } from './case.page.js';
import { caseListPage } from './case-list.page.js';
import type { Markup } from './markup.js';
import { layout } from './layout.js';
import { PageAccess } from './page-access.js';
import { noSignInPage, problemPage } from './problem.page.js';
import { filtersOf, listRequestOf, one, type PageQuery } from './page-query.js';
import { contentSecurityPolicy } from './styles.js';

interface Reply {
  status(code: number): Reply;
  headers(values: Readonly<Record<string, string>>): Reply;
  send(body: string): unknown;
}

interface Shown {
  readonly title: string;
  readonly main: Markup;
}

const entriesAPage = 100;

/** Plain pages to look at cases until there is a portal. Open as a route: who may look is asked by {@link PageAccess} in the same terms as of the API. */
@ApiExcludeController()
@Controller()
export class PagesController {
  constructor(
    private readonly queries: QueryBus,
    private readonly access: PageAccess,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Open()
  async list(@Query() query: PageQuery, @Res() reply: Reply): Promise<void> {
    await this.show(reply, async () => {
      this.access.look('the list of cases');
      const filters = filtersOf(query);
      const list = await this.queries.execute(new ListCases(listRequestOf(query)));
      return { title: 'Cases', main: caseListPage(list, filters, one(query['cursor'])) };
    });
  }

  @Get('cases/:caseId')
  @Open()
  async case(@Param('caseId') id: string, @Query() query: PageQuery, @Res() reply: Reply): Promise<void> {
    await this.show(reply, async () => {
      this.access.look('the chronology of a case');
      if (!Uuid.safeParse(id).success) throw notFound('case');
      const caseId = id as CaseId;
      const day = Day.safeParse(one(query['asKnownOn']));
      const cursor = one(query['cursor']);
      const chronology = await this.queries.execute(
        new GetChronology(caseId, {
          limit: entriesAPage,
          ...(day.success ? { asKnownAt: endOfLondonDay(day.data) } : {}),
          ...(cursor === undefined ? {} : { cursor }),
        }),
      );
      const summary = await this.queries.execute(new GetCase(caseId)).catch(unlessUnknown);
      return {
        title: titleOf(summary),
        main: casePage({
          ...{ caseId, summary, chronology, later: cursor !== undefined, notes: query['notes'] === 'shown' },
          asKnownOn: day.success ? day.data : undefined,
        }),
      };
    });
  }

  private async show(reply: Reply, page: () => Promise<Shown>): Promise<void> {
    const development = this.config.profile === 'development';
    const { status, title, main } = development ? await orProblem(page) : { status: 200, title: 'No sign-in', main: noSignInPage() };
    reply
      .status(status)
      .headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': contentSecurityPolicy })
      .send(layout({ title, main, demonstration: development && this.config.demo }));
  }
}

const orProblem = async (page: () => Promise<Shown>): Promise<Shown & { status: number }> => {
  try {
    return { status: 200, ...(await page()) };
  } catch (error) {
    if (error instanceof Problem) return { status: error.document.status, title: error.document.title, main: problemPage(error.document) };
    if (error instanceof BadQuery)
      return {
        status: 400,
        title: 'There is no such page',
        main: problemPage({ title: 'There is no such page', detail: 'Go back to the first page of the list.' }),
      };
    throw error;
  }
};

/** The list may lag behind the record by a moment; the page does without. */
const unlessUnknown = (error: unknown): null => {
  if (error instanceof Problem && error.document.status === 404) return null;
  throw error;
};
