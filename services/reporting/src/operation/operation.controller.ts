import { Controller, HttpCode, Inject, Param, Post, SetMetadata, UseGuards } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { NameParameter, nameSchema, notFound, problem, REACTIONS, ROUTE, ShowsNothingPersonal, type RouteKind } from '@waymark/nest';
import { NoSuchReaction, ReplayInProgress, type DeadLetter, type ReactionStatus, type ReplayResult } from '@waymark/reactions';
import { OperatorsGuard } from './operators.guard.js';
import type { ReactionOperations } from './reaction-operations.js';
import { Rebuilds, type RebuildStatus } from './rebuilds.js';

/** Operates, and records nothing about a family: no version to match, nobody's data in the answer. */
const Operates = (path: string, summary: string, status: 200 | 202) => (target: object, name: string, descriptor: PropertyDescriptor) => {
  const answer = status === 202 ? ApiAcceptedResponse() : ApiOkResponse();
  for (const decorate of [
    Post(path),
    HttpCode(status),
    SetMetadata(ROUTE, { kind: 'command', changes: false } satisfies RouteKind),
    ApiOperation({ summary }),
    answer,
  ])
    decorate(target, name, descriptor);
};

@ApiTags('reporting: operation')
@Controller('api/reporting/operation')
@UseGuards(OperatorsGuard)
export class OperationController {
  constructor(@Inject(REACTIONS) private readonly reactions: ReactionOperations) {}

  @ShowsNothingPersonal('reactions', 'Every reaction, whether it runs, how far it is and what it has parked')
  list(): { items: readonly ReactionStatus[] } {
    return { items: this.reactions.status() };
  }

  @ShowsNothingPersonal('parked', 'What is parked, case by case, and why')
  async parked(): Promise<{ items: readonly DeadLetter[] }> {
    return { items: await this.reactions.parked() };
  }

  @Operates('parked/:reaction/:key/replay', 'Take in what a case has parked in a reaction again, in order', 200)
  @ApiParam({ name: 'reaction', schema: nameSchema })
  @ApiParam({ name: 'key', description: 'Of the parked entry: a case, or a stream without one.', schema: nameSchema })
  replay(@Param('reaction', NameParameter) reaction: string, @Param('key', NameParameter) key: string): Promise<ReplayResult> {
    return answered(async () => this.reactions.replay(reaction, key));
  }
}

@ApiTags('reporting: operation')
@Controller('api/reporting/projections')
@UseGuards(OperatorsGuard)
export class RebuildController {
  constructor(
    @Inject(REACTIONS) private readonly reactions: ReactionOperations,
    private readonly rebuilds: Rebuilds,
  ) {}

  @Operates(':name/rebuild', 'Build a list anew from the record; the old one serves until the new one takes its place', 202)
  @ApiParam({ name: 'name', schema: nameSchema })
  start(@Param('name', NameParameter) name: string): RebuildStatus {
    if (!this.reactions.status().some((reaction) => reaction.name === name)) throw notFound('projection');
    return this.rebuilds.start(name);
  }

  @ShowsNothingPersonal(':name/rebuild', 'How far the newest rebuild is')
  @ApiParam({ name: 'name', schema: nameSchema })
  progress(@Param('name', NameParameter) name: string): RebuildStatus {
    const status = this.rebuilds.find(name);
    if (!status) throw notFound('rebuild');
    return status;
  }
}

const answered = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NoSuchReaction) throw notFound('reaction');
    if (error instanceof ReplayInProgress)
      throw problem([409, 'replay-in-progress', 'Not possible now'], 'This reaction is replaying already. Ask again when it is done.');
    throw error;
  }
};
