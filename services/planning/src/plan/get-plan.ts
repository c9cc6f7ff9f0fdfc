import { Controller, Param } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { EventOf } from '@waymark/kernel';
import { CommandRunner, CaseRecords, Context, IdParameter, Shows, caseOf, type RequestContext } from '@waymark/nest';
import { episode, isActive, plan, planEvents, type Plan } from '@waymark/planning-domain';
import { EpisodeReader } from '../shared/episode-reader.js';

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
  constructor(
    readonly episodeId: string,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@QueryHandler(GetPlan)
export class GetPlanHandler implements IQueryHandler<GetPlan> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly episodes: EpisodeReader,
    private readonly records: CaseRecords,
  ) {}

  async execute({ episodeId, context }: GetPlan): Promise<PlanView> {
    const { about } = await this.episodes.of(episodeId, context);
    const { state, version } = await this.runner.findOptional(plan, episodeId, context);
    const events = await this.records.events(plan, episodeId, context);
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
  get(@Param('episodeId', IdParameter) episodeId: string, @Context() context: RequestContext): Promise<PlanView> {
    return this.queries.execute(new GetPlan(episodeId, context));
  }
}
