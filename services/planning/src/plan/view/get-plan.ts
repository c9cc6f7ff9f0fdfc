import { Controller, Inject, Param } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { collect, type EventStore } from '@waymark/event-store';
import { streamOf, type EventOf } from '@waymark/kernel';
import { CommandRunner, EVENT_STORE, IdParameter, Shows, caseOf } from '@waymark/nest';
import { episode, isActive, plan, planEvents, type Plan } from '@waymark/planning-domain';
import { EpisodeReader } from '../../shared/episode-reader.js';

type Goal = EventOf<typeof planEvents.FamilyGoalStated>['data'];

type PlanView = Omit<Plan, 'goals' | 'goalsPrompted'> & {
  readonly id: string;
  readonly caseId: string;
  readonly version: number;
  readonly active: boolean;
  /** First, in the family's words (PLAN-04). */
  readonly goals: readonly Goal[];
  readonly deadlines: readonly unknown[];
};

export class GetPlan extends Query<PlanView> {
  constructor(readonly episodeId: string) {
    super();
  }
}

@QueryHandler(GetPlan)
export class GetPlanHandler implements IQueryHandler<GetPlan> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly episodes: EpisodeReader,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async execute({ episodeId }: GetPlan): Promise<PlanView> {
    const { about } = await this.episodes.of(episodeId);
    const { state, version } = await this.runner.peek(plan, episodeId);
    const events = await collect(this.store.read(streamOf(plan, episodeId)));
    const goals = events.filter(({ type }) => type === planEvents.FamilyGoalStated.type).map(({ data }) => data as Goal);
    const { needs, actions } = state.subject;
    const { deadlines } = state;
    return { id: episodeId, caseId: about.caseId, version, active: isActive(state.subject), goals, needs, actions, deadlines };
  }
}

@ApiTags('planning: plan')
@Controller('api/planning/episodes/:episodeId/plan')
export class GetPlanController {
  constructor(private readonly queries: QueryBus) {}

  @Shows('', "A family's plan: its goals, then the actions agreed on", { shows: "a family's plan", of: caseOf(episode, 'episodeId') })
  get(@Param('episodeId', IdParameter) episodeId: string): Promise<PlanView> {
    return this.queries.execute(new GetPlan(episodeId));
  }
}
