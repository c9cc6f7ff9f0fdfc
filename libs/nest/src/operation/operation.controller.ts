import { Body, Controller, Inject, Param, type Type } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { instant } from '@waymark/kernel';
import {
  NoSuchReaction,
  ReplayInProgress,
  type DeadLetter,
  type ReactionStatus,
  type ReplayResult,
  type Republication,
  type Republisher,
} from '@waymark/event-processing';
import { operation } from '../access/subject.js';
import { Moment } from '../fields/fields.js';
import { NameParameter, nameSchema } from '../http/parameters.js';
import { Shows, ShowsNothingPersonal } from '../http/routes.js';
import { REACTIONS } from '../platform/injection.js';
import type { PlatformReactions } from '../platform/reactions.js';
import { notFound, problem } from '../problems/problem.js';
import { nameFor, Operates } from './operates.js';
import { Rebuilds, type RebuildStatus } from './rebuilds.js';

export class RepublishRequest {
  @Moment({ optional: true, description: 'Of what was recorded from then on; all of it by default.' })
  from?: string;
}

/** The reactions of one service, as an operator works with them: the same addresses whether it runs alone or beside the others. */
export const operationOf = (service: string): Type => {
  const isOurs = ({ name }: { readonly name: string }): boolean => name.startsWith(`${service}.`);

  @ApiTags(`${service}: operation`)
  @Controller(`api/${service}/operation`)
  class OperationController {
    constructor(
      @Inject(REACTIONS) private readonly reactions: PlatformReactions,
      @Inject(Rebuilds) private readonly rebuilds: Rebuilds,
    ) {}

    @ShowsNothingPersonal('reactions', 'Every reaction, whether it runs, how far it is and how many cases it has parked', {
      shows: 'how the platform runs',
    })
    list(): { items: readonly ReactionStatus[] } {
      return { items: this.reactions.status().filter(isOurs) };
    }

    @Shows('parked', 'What is parked, case by case, and why', { shows: 'what is parked', of: operation })
    async parked(): Promise<{ items: readonly DeadLetter[] }> {
      const letters = await this.reactions.parked();
      return { items: letters.filter(({ reaction }) => isOurs({ name: reaction })) };
    }

    @Operates('parked/:reaction/:key/replay', 'Take in what a case has parked in a reaction again, in order', { answers: 200, on: 'key' })
    @ApiParam({ name: 'reaction', schema: nameSchema })
    @ApiParam({ name: 'key', description: 'Of the parked entry: a case, or a stream without one.', schema: nameSchema })
    replay(@Param('reaction', NameParameter) reaction: string, @Param('key', NameParameter) key: string): Promise<ReplayResult> {
      if (!isOurs({ name: reaction })) throw notFound('reaction');
      return answered(async () => this.reactions.replay(reaction, key));
    }

    @Operates('projections/:name/rebuild', 'Build a list anew from the record; the old one serves until the new one takes its place', {
      answers: 202,
    })
    @ApiParam({ name: 'name', schema: nameSchema })
    start(@Param('name', NameParameter) name: string): RebuildStatus {
      if (!this.reactions.status().some((reaction) => isOurs(reaction) && reaction.name === name)) throw notFound('projection');
      return this.rebuilds.start(name);
    }

    @ShowsNothingPersonal('projections/:name/rebuild', 'How far the newest rebuild is', { shows: 'how the platform runs' })
    @ApiParam({ name: 'name', schema: nameSchema })
    progress(@Param('name', NameParameter) name: string): RebuildStatus {
      const status = isOurs({ name }) ? this.rebuilds.find(name) : undefined;
      if (!status) throw notFound('rebuild');
      return status;
    }

    @Operates(
      'contracts/:type/republish',
      'Publish a contract again from the log, for a consumer that is new to it; the same command goes on with what was cut off',
      { answers: 202 },
    )
    @ApiParam({ name: 'type', schema: nameSchema })
    republish(@Param('type', NameParameter) type: string, @Body() { from }: RepublishRequest): Promise<Republication> {
      return this.republisher(type).start(type, from === undefined ? null : instant(from));
    }

    @ShowsNothingPersonal('contracts/:type/republish', 'How far the newest republication of a contract is', {
      shows: 'how the platform runs',
    })
    @ApiParam({ name: 'type', schema: nameSchema })
    async republished(@Param('type', NameParameter) type: string): Promise<Republication> {
      const republication = await this.republisher(type).find(type);
      if (!republication) throw notFound('republication');
      return republication;
    }

    private republisher(type: string): Republisher {
      const republisher = this.reactions.republisher(service, type);
      if (!republisher) throw notFound('contract');
      return republisher;
    }
  }
  // Unique in the description of the API too, where all of them stand side by side.
  nameFor(service, OperationController);
  return OperationController;
};

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
