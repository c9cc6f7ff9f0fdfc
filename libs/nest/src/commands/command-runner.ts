import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Aggregates } from '@waymark/event-store';
import {
  instant,
  type Aggregate,
  type AnyCommand,
  type CaseId,
  type Clock,
  type DomainEvent,
  type Instant,
  type Intent,
} from '@waymark/kernel';
import type { Authority, PolicyPack } from '@waymark/policy';
import { assertSettled } from '../access/case-records.js';
import { grantedTo } from '../access/gate.js';
import { CausalClock } from '../clock/causal-clock.js';
import type { RecordingRequest } from '../fields/fields.js';
import type { RequestContext } from '../identity/request-context.js';
import type { AnyAggregate } from '../platform/service-definition.js';
import type { CommandAnswer } from './answer.js';
import { AuthorityInForce } from './authority-in-force.js';
import { Begin } from './begin.js';
import { Change, type IntentFrom, type IntentOf } from './change.js';
import type { RequestOrigin } from './command-execution.js';
import { found, type Found } from './found.js';
import { AGGREGATES, CLOCK } from './tokens.js';

/**
 * What a handler of a request uses: it names the aggregate and the command, and reads other aggregates for evidence. Changes go over the command bus, as
 * {@link Begin} or {@link Change}.
 */
@Injectable()
export class CommandRunner {
  constructor(
    private readonly bus: CommandBus,
    @Inject(AGGREGATES) private readonly aggregates: Aggregates,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly authority: AuthorityInForce,
  ) {}

  /**
   * Begins something new, or adds to something that may not be there yet. `authority` where the case is new, or where a record without a case comes
   * under one; 404 where nobody here knows the case.
   */
  begin<C extends AnyCommand, E extends DomainEvent, S>(
    aggregate: Aggregate<C, E, S, PolicyPack>,
    id: string,
    intent: Intent<C>,
    circumstances: RequestOrigin & { readonly authority?: Authority | 'none' },
  ): Promise<CommandAnswer> {
    return this.bus.execute(new Begin(aggregate, id, intent, circumstances));
  }

  /** Changes something that is there; 404 where it is not. */
  change<A extends AnyAggregate, const I extends IntentOf<A>>(
    aggregate: A,
    id: string,
    intentOf: IntentFrom<A, I>,
    circumstances: RequestOrigin,
  ): Promise<CommandAnswer> {
    return this.bus.execute(new Change(aggregate, id, intentOf, circumstances));
  }

  /** An aggregate as it stands; 404 where there is none. @throws TypeError for a record of another case than the gate settled: nothing is shown */
  async find<C extends AnyCommand, E extends DomainEvent, S>(
    aggregate: Aggregate<C, E, S, PolicyPack>,
    id: string,
    context: RequestContext,
  ): Promise<Found<S, C['caseId']>> {
    const there = await found(this.aggregates, aggregate, id);
    assertMayBeRead(aggregate, there.caseId, context);
    return there;
  }

  /** Like {@link find}, for evidence: undefined where there is none, never a 404. */
  async findOptional<C extends AnyCommand, E extends DomainEvent, S>(
    aggregate: Aggregate<C, E, S, PolicyPack>,
    id: string,
    context: RequestContext,
  ): Promise<{ readonly state: S; readonly version: number }> {
    const loaded = await this.aggregates.load(aggregate, id);
    assertMayBeRead(aggregate, loaded.origin?.caseId ?? null, context);
    return loaded;
  }

  /** The authority under which what was found is decided now; 503 where it is not known here, as long as a copy is behind or parked. */
  authorityFor<S>(aggregate: AnyAggregate, of: Pick<Found<S, CaseId | null>, 'caseId' | 'state'>): Promise<Authority | 'none'> {
    return this.authority.ofFound(aggregate, of);
  }

  /**
   * The moment that a decision is about: the one that the request states, or now. Now is no earlier than what the decision is based on.
   * @param toldAt when the newest of what was taken over from other services was dated
   */
  momentOf({ occurredAt }: RecordingRequest, ...toldAt: readonly (string | undefined)[]): Instant {
    for (const told of toldAt) if (told !== undefined && this.clock instanceof CausalClock) this.clock.observe(instant(told));
    return occurredAt === undefined ? this.clock.now() : instant(occurredAt);
  }
}

/** What is no one family's is held to no case, but is read behind the gate all the same. */
const assertMayBeRead = ({ name }: { readonly name: string }, caseId: CaseId | null, context: RequestContext): void => {
  if (caseId === null) grantedTo(context);
  else assertSettled(name, caseId, context);
};
