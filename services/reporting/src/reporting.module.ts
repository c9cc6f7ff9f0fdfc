import { Module, type Provider } from '@nestjs/common';
import type { EventStore } from '@waymark/event-store';
import { EVENT_STORE } from '@waymark/nest';
import { CasesController } from './cases/cases.controller.js';
import { GetCaseHandler } from './cases/get-case.js';
import { GetOverviewHandler } from './cases/get-overview.js';
import { ListCasesHandler } from './cases/list-cases.js';
import { CaseHistory } from './history/case-history.js';
import { ChronologyController } from './history/chronology/chronology.controller.js';
import { GetChronologyHandler } from './history/chronology/get-chronology.js';
import { Practice, thePractice } from './history/practice.js';
import { GetReplayHandler } from './history/replay/get-replay.js';
import { ReplayCheck } from './history/replay/replay.js';
import { ReplayController } from './history/replay/replay.controller.js';
import { GetCaseStateHandler } from './history/state/get-case-state.js';
import { StateController } from './history/state/state.controller.js';
import { GetErasedHandler } from './statistics/get-erased.js';
import { StatisticsController } from './statistics/statistics.controller.js';
import { StatisticsReader } from './statistics/statistics-reader.js';
import { PageFilter } from './pages/page.filter.js';
import { PageFrame } from './pages/page-frame.js';
import { PagesController } from './pages/pages.controller.js';

/** What reads the record itself. */
const readers: Provider[] = [
  { provide: Practice, useFactory: thePractice },
  {
    provide: CaseHistory,
    useFactory: (store: EventStore, practice: Practice) => new CaseHistory(store, practice),
    inject: [EVENT_STORE, Practice],
  },
  {
    provide: ReplayCheck,
    useFactory: (store: EventStore, practice: Practice, history: CaseHistory) => new ReplayCheck(store, practice, history),
    inject: [EVENT_STORE, Practice, CaseHistory],
  },
  {
    provide: StatisticsReader,
    useFactory: (store: EventStore) => new StatisticsReader(store),
    inject: [EVENT_STORE],
  },
];

@Module({
  controllers: [CasesController, ChronologyController, StateController, ReplayController, StatisticsController, PagesController],
  providers: [
    ...readers,
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
