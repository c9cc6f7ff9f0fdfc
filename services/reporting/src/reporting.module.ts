import { Module } from '@nestjs/common';
import { CasesController } from './cases/cases.controller.js';
import { GetCaseHandler } from './cases/get-case.js';
import { GetOverviewHandler } from './cases/get-overview.js';
import { ListCasesHandler } from './cases/list-cases.js';
import { ChronologyController } from './history/chronology/chronology.controller.js';
import { GetChronologyHandler } from './history/chronology/get-chronology.js';
import { DomainCatalogue, thePractice } from './history/domain-catalogue.js';
import { GetReplayHandler } from './history/replay/get-replay.js';
import { ReplayController } from './history/replay/replay.controller.js';
import { GetCaseStateHandler } from './history/state/get-case-state.js';
import { StateController } from './history/state/state.controller.js';
import { GetErasedHandler } from './statistics/get-erased.js';
import { StatisticsController } from './statistics/statistics.controller.js';
import { PageFilter } from './pages/page.filter.js';
import { PageFrame } from './pages/page-frame.js';
import { PagesController } from './pages/pages.controller.js';

@Module({
  controllers: [CasesController, ChronologyController, StateController, ReplayController, StatisticsController, PagesController],
  providers: [
    { provide: DomainCatalogue, useFactory: thePractice },
    PageFrame,
    PageFilter,
    GetCaseHandler,
    GetOverviewHandler,
    ListCasesHandler,
    GetChronologyHandler,
    GetCaseStateHandler,
    GetReplayHandler,
    GetErasedHandler,
  ],
})
export class ReportingModule {}
